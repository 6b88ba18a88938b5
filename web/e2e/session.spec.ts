import { test as base, expect } from '@playwright/test';
import { expectAccessible } from './app';
import { type Program, serve } from './program';
import { totp } from './totp';

/** A new installation: nobody has an account yet. */
const test = base.extend<object, { program: Program }>({
  program: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern.
    async ({}, use) => {
      const program = await serve();
      await use(program);
      await program.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ program }, use) => use(program.address),
});

const email = 'elise@maison-alba.example';
const password = 'three gardens and a kettle';

test.describe
  .serial('an installation from its first minute', () => {
    let secret = '';
    let recovery = '';

    test('its first administrator is made by the link that the server printed', { tag: '@check' }, async ({ page, program }) => {
      await page.goto(program.link);
      await expect(page.getByRole('heading', { name: 'Welcome to Parcours' })).toBeVisible();
      await expectAccessible(page);

      await page.getByLabel('Your name').fill('Élise Garnier');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Begin' }).click();
      await expect(page.getByText('At least 10 characters are needed.')).toBeVisible();

      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Begin' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Journeys' })).toBeVisible();
    });

    test('the link works no second time', async ({ page, program }) => {
      await page.goto(program.link);

      await expect(page.getByRole('heading', { name: 'This link has done its work' })).toBeVisible();
    });

    test('a wrong password is told, the right one leads to where one wanted to go', { tag: '@check' }, async ({ page }) => {
      await page.goto('/profile');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('not this one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toContainText('The e-mail address or the password is wrong.');

      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
      await expectAccessible(page);
    });

    test('language and theme are changed in the profile and stay', async ({ page }) => {
      await signIn(page, '/profile');
      await page.getByRole('combobox', { name: 'Language' }).click();
      await page.getByRole('option', { name: 'Français' }).click();
      await page.getByText('Dark', { exact: true }).click();
      await page.getByRole('button', { name: 'Save' }).click();

      await expect(page.getByRole('heading', { level: 1, name: 'Profil' })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
      await page.reload();
      await expect(page.getByRole('heading', { level: 1, name: 'Profil' })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', 'fr');

      await page.getByRole('combobox', { name: 'Langue' }).click();
      await page.getByRole('option', { name: 'English' }).click();
      await page.getByText('Comme le système').click();
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
    });

    test('the second factor is set up with an app', async ({ page }) => {
      await signIn(page, '/profile');
      await page.getByRole('button', { name: 'Set it up' }).click();
      await page.getByLabel('Password', { exact: true }).last().fill(password);
      await page.getByRole('button', { name: 'Go on' }).click();
      secret = (await page.locator('code').textContent()) ?? '';
      await page.getByLabel('Code of the authenticator app').fill(totp(secret));
      await page.getByRole('button', { name: 'Turn it on' }).click();

      await expect(page.getByText('Keep these recovery codes')).toBeVisible();
      recovery = (await page.getByRole('alert').getByRole('listitem').first().textContent()) ?? '';
      await page.getByRole('button', { name: 'I have kept them' }).click();
      await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
    });

    test('signing in then asks for the code; a recovery code stands in for it', async ({ page }) => {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByLabel('Code of the authenticator app')).toBeVisible();
      await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
      await page.getByLabel('Recovery code').fill(recovery);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Journeys' })).toBeVisible();

      await page.getByRole('button', { name: /Account of/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await page.goto('/profile');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    });
  });

async function signIn(page: import('@playwright/test').Page, to: string): Promise<void> {
  await page.goto(`/sign-in?back=${encodeURIComponent(to)}`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === to);
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible();
}
