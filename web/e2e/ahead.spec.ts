import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, seriousOf, test } from './app';
import { JourneyMap } from './map';

/** For whoever looks for what is ugly: not kept. */
const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(import.meta.dirname, `../test-results/images/ahead-${name}.png`), animations: 'disabled' });

const draft = (id: string) => ({
  format: 1,
  id,
  name: 'Tea club',
  settings: { reEntry: { kind: 'afterLeaving' }, email: { topic: 'shop-news' } },
  start: [{ kind: 'event', id: 'joined', events: ['Joined'], next: 'which' }],
  points: {
    which: {
      kind: 'if',
      condition: { kind: 'event', events: ['Order Completed'], is: 'atLeast', value: 3, window: { last: 'P365D' } },
      then: 'mail',
      else: 'wait',
    },
    mail: { kind: 'sendEmail', content: 'we-miss-you', next: 'wait' },
    wait: { kind: 'delay', for: 'P2D', next: 'plan' },
    plan: {
      kind: 'branch',
      paths: [
        {
          name: 'Lately',
          condition: { kind: 'event', events: ['Order Completed'], is: 'did', window: { last: 'P30D' } },
          next: 'later',
        },
        {
          name: 'Half a year',
          condition: { kind: 'event', events: ['Order Completed'], is: 'did', window: { last: 'P180D' } },
          next: 'seen',
        },
      ],
      otherwise: 'seen',
    },
    later: { kind: 'sendEmail', content: 'we-miss-you', next: 'seen' },
    seen: { kind: 'addTag', tag: 'tea-club', next: 'done' },
    done: { kind: 'end', outcome: 'successful' },
  },
});

test('the pane says what share of those who may enter would go each way, and asks again when the condition changes', async ({
  page,
  api,
}) => {
  await api.put('/api/v1/journeys/club', draft('club'));
  await page.goto('/journeys/club');
  const map = new JourneyMap(page);
  await map.open(/^If \/ else/);
  await expect(map.pane.getByText('would go Yes')).toBeVisible();
  await expect(map.pane.getByText(/eligible contacts would go this way now/)).toBeVisible();
  await picture(page, 'if');

  let asked = 0;
  page.on('request', (request) => request.url().includes('/shares') && asked++);
  await map.pane.getByRole('textbox', { name: 'Name on the map' }).fill('Customers?');
  await map.saved();
  expect(asked).toBe(0);

  await map.open(/^Multi-way branch/);
  const list = map.pane.getByRole('list', { name: 'Who would go where' });
  await expect(list.getByRole('listitem')).toHaveCount(4);
  await expect(list.getByText('Lately')).toBeVisible();
  expect(asked).toBe(1);
  await picture(page, 'branch');
  expect(await seriousOf(page, 'a branch with its shares')).toEqual([]);
});

test('the review before publishing draws the first week', async ({ page, api }) => {
  await api.put('/api/v1/journeys/club-review', draft('club-review'));
  await page.goto('/journeys/club-review');
  await page.getByRole('button', { name: 'Review and publish' }).click();
  const sheet = page.getByRole('dialog', { name: 'Review and publish' });
  await expect(sheet.getByRole('heading', { name: 'First effects' })).toBeVisible();
  await expect(sheet.getByText('Messages a day')).toBeVisible();
  await expect(sheet.locator('ol').getByRole('listitem')).toHaveCount(7);
  await expect(sheet.getByText(/in the first week, from day 3$/).first()).toBeVisible();
  await expect(sheet.getByText(/were sent through it ahead/)).toBeVisible();
  await sheet.getByRole('heading', { name: 'First effects' }).scrollIntoViewIfNeeded();
  await picture(page, 'review');
  expect(await seriousOf(page, 'the review')).toEqual([]);
});

test('who else has the draft open stands in its head for as long as they have', async ({ page, api, browser, demo }) => {
  await api.put('/api/v1/journeys/club-together', draft('club-together'));
  const marco = { email: 'marco@example.org', password: 'a long password of his' };
  await api.post('/api/v1/users', { ...marco, role: 'admin' });
  await page.goto('/journeys/club-together');
  const others = page.getByRole('list', { name: /this draft open too$/ });
  await expect(page.locator('[data-state="saved"]')).toBeVisible();
  await expect(others).toHaveCount(0);

  const his = await browser.newContext({ baseURL: demo.address, storageState: { cookies: [], origins: [] } });
  const answer = await his.request.post('/api/v1/session', { data: marco, headers: { Origin: demo.address } });
  expect(answer.status()).toBe(200);
  const hisPage = await his.newPage();
  await hisPage.goto('/journeys/club-together');
  await expect(others).toHaveAccessibleName('marco@example.org has this draft open too');
  await expect(hisPage.getByRole('list', { name: /has this draft open too$/ })).toBeVisible();
  await picture(page, 'together');

  await his.close();
  await expect(others).toHaveCount(0);
});

test.describe('in French', () => {
  test.use({ locale: 'fr-FR' });
  test('it is right in the dark, and on a phone', async ({ page, api }) => {
    await api.put('/api/v1/journeys/club-looks', draft('club-looks'));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/journeys/club-looks');
    await page.getByRole('treeitem', { name: /^Si \/ sinon/ }).click();
    await expect(page.getByText('iraient vers « Oui »')).toBeVisible();
    await picture(page, 'if-dark');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Vérifier et publier' }).click();
    const messages = page.getByText('Messages par jour');
    await messages.scrollIntoViewIfNeeded();
    await picture(page, 'review-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await messages.scrollIntoViewIfNeeded();
    await picture(page, 'review-phone');
  });
});
