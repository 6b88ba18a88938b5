import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app';

/** The pictures of the guide. They are written only when asked for, so that a run of the tests changes nothing: PARCOURS_IMAGES=1 npx playwright test images. */
const folder = process.env.PARCOURS_IMAGES
  ? join(import.meta.dirname, '../../docs/images')
  : join(import.meta.dirname, '../test-results/images');

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** Nothing stands out of the page sideways. */
async function expectNoOverflow(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
}

const pages = [
  { name: 'journeys', path: '/journeys', ready: (page: Page) => page.getByRole('row', { name: /3,220/ }) },
  { name: 'contacts', path: '/contacts', ready: (page: Page) => page.getByRole('row').nth(50) },
  {
    name: 'content',
    path: '/content/we-miss-you',
    ready: (page: Page) => page.frameLocator('iframe').getByText('THE GIFT SHOP'),
  },
  { name: 'sandbox', path: '/sandbox', ready: (page: Page) => page.getByRole('row').nth(50) },
  { name: 'settings', path: '/settings/topics', ready: (page: Page) => page.getByRole('row', { name: /shop-news/ }) },
] as const;

test('the main pages, in the light and in the dark, at a desk and on a phone', async ({ page }) => {
  for (const { name, path, ready } of pages) {
    await page.goto(path);
    await expect(ready(page)).toBeVisible();
    await expectNoOverflow(page);
    await picture(page, name);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, `${name}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoOverflow(page);
    await picture(page, `${name}-phone`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test('one contact', async ({ page }) => {
  await page.goto('/contacts?q=17850');
  await page.getByRole('row').nth(1).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Journeys' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Order Completed' }).first()).toBeVisible();
  await expectNoOverflow(page);
  await picture(page, 'contact');
});

test('an import before it is written', async ({ page }) => {
  await page.goto('/contacts/import');
  await page.setInputFiles('input[type=file]', {
    name: 'fiera-torino-2026.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'E-Mail Address;Nome;Cognome;Città;Spesa tot.;Note interne\ngiulia.ferraro@posta.example;Giulia;Ferraro;Torino;318,40;richiamare\nkwame.mensah@mail.example;Kwame;Mensah;Accra;86,00;\nm.rossi@@posta.example;Marco;Rossi;Torino;12;\nlucia@ortega-tapas.example;Lucía;Ortega;Sevilla;1.240,50;\n',
    ),
  });
  await expect(page.getByText('of 4 rows can go in')).toBeVisible();
  await expectNoOverflow(page);
  await picture(page, 'import');
});

for (const [locale, language] of [
  ['fr-FR', 'fr'],
  ['it-IT', 'it'],
] as const)
  test.describe(language, () => {
    test.use({ locale });
    test(`the pages in ${language}`, async ({ page }) => {
      for (const { name, path } of pages) {
        await page.goto(path);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await page.waitForLoadState('networkidle');
        await expectNoOverflow(page);
        await picture(page, `${name}-${language}`);
      }
    });
  });
