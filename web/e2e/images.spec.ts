import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Api } from './api';
import { expect, test } from './app';
import { JourneyMap } from './map';

/**
 * The pictures of the guide. They are written only when asked for, so that a run of the tests changes nothing:
 * PARCOURS_IMAGES=1 npx playwright test images. Those of other themes, languages and sizes are for whoever looks for what is ugly.
 */
const docs = join(import.meta.dirname, '../../docs/images');
const others = join(import.meta.dirname, '../test-results/images');
const kept = new Set<string>();

async function picture(page: Page, name: string, { keep = false } = {}): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const path = join(keep && process.env.PARCOURS_IMAGES ? docs : others, `${name}.png`);
  if (keep) kept.add(path);
  await page.screenshot({ path, animations: 'disabled' });
}

// Palettes of 256 colours are a third of the size, and no eye sees the difference. Without the program they stay as they are.
test.afterAll(() => {
  if (process.env.PARCOURS_IMAGES && kept.size > 0)
    spawnSync('pngquant', ['--force', '--ext', '.png', '--skip-if-larger', '--strip', ...kept]);
  kept.clear();
});

/** Nothing stands out of the page sideways. */
async function expectNoOverflow(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
}

/** Those of the main pages that stand in the guide. */
const guided: ReadonlySet<string> = new Set(['journeys', 'content', 'sandbox']);

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
    await page.mouse.move(0, 0);
    await picture(page, name, { keep: guided.has(name) });
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, `${name}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoOverflow(page);
    await picture(page, `${name}-phone`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test('a journey from the gallery to its queue', async ({ page }) => {
  const map = new JourneyMap(page);
  await page.goto('/journeys/new');
  await page.getByRole('button', { name: /^Win back/ }).click();
  await expect(page.getByRole('region', { name: 'Win back' }).getByRole('button', { name: 'Use this map' })).toBeVisible();
  await picture(page, 'gallery', { keep: true });

  await page.goto('/journeys/new/guided');
  await page.getByText('They do something').click();
  await page.getByRole('combobox', { name: 'Which one' }).fill('Order Completed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('combobox', { name: 'E-mail' }).click();
  await page.getByRole('option', { name: 'thanks', exact: true }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('Open the e-mail').click();
  await picture(page, 'guided', { keep: true });

  await page.goto('/journeys/win-back?edit');
  await map.open(/^Send e-mail, we-miss-you/);
  await expect(map.pane.frameLocator('iframe').getByText('THE GIFT SHOP')).toBeVisible();
  await map.plus('before we-miss-you').click();
  await picture(page, 'map', { keep: true });

  await page.goto('/journeys/win-back');
  await map
    .point(/^Delay, 14 days/)
    .getByRole('button')
    .click();
  await expect(map.pane.getByRole('listitem').nth(5)).toBeVisible();
  await map.pane.getByRole('checkbox').nth(0).check();
  await map.pane.getByRole('checkbox').nth(2).check();
  await expectNoOverflow(page);
  await picture(page, 'live', { keep: true });
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'live-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await map.look('Outline');
  await expect(page).toHaveURL(/\/outline$/);
  await expect(page.getByText('Waiting', { exact: true })).toBeVisible();
  await map.pane.getByRole('button', { name: 'Close' }).click();
  await picture(page, 'outline', { keep: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoOverflow(page);
  await picture(page, 'outline-phone');
});

test('what keeps a journey from going live, and what going live means', async ({ page, api }) => {
  const map = new JourneyMap(page);
  const id = 'tea-letters-drawn';
  await api.put(`/api/v1/journeys/${id}`, {
    format: 1,
    id,
    name: 'Tea letters',
    settings: { email: { topic: 'shop-news' } },
    start: [{ kind: 'event', id: 'subscribed', events: ['Subscribed'], next: 'hello' }],
    points: {
      hello: { kind: 'sendEmail', content: 'we-miss-you', next: 'read' },
      read: {
        kind: 'waitFor',
        activities: [{ kind: 'message', point: 'hello', is: 'clicked' }],
        timeout: 'P3D',
        next: 'tag',
        onTimeout: 'ask',
      },
      tag: { kind: 'addTag', tag: 'reader', next: 'good' },
      good: { kind: 'end', outcome: 'successful' },
      ask: { kind: 'sendEmail', content: '', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await page.goto(`/journeys/${id}`);
  await page.getByRole('button', { name: '1 error' }).click();
  await expect(page.getByRole('region', { name: 'Check for errors' })).toBeVisible();
  await picture(page, 'errors', { keep: true });
  await page.getByRole('region', { name: 'Check for errors' }).getByRole('button', { name: 'Close' }).click();
  await map.open(/^Send e-mail, No e-mail/);
  await map.pane.getByRole('combobox', { name: 'E-mail' }).click();
  await page.getByRole('option', { name: 'voucher', exact: true }).click();
  await map.saved();
  await page.getByRole('button', { name: 'Review and publish' }).click();
  await expect(page.getByRole('dialog').getByText(/points, each can be reached/)).toBeVisible();
  await picture(page, 'publish', { keep: true });
});

test('what a draft changes, and who is inside when it is published', async ({ page, api }) => {
  const map = new JourneyMap(page);
  const { definition, revision } = await api.get<{ definition: { points: object }; revision: number }>(
    '/api/v1/journeys/win-back',
  );
  const { 'tag-voucher': _, ...points } = definition.points as Record<string, object>;
  const paths = [
    { name: 'voucher', share: 50, next: 'voucher' },
    { name: 'nothing more', share: 50, next: 'call' },
  ];
  Object.assign(points, {
    fortnight: { ...points.fortnight, for: 'P10D' },
    who: { ...points.who, paths },
    call: { kind: 'createTask', title: 'Call them', task: 'call', next: 'month' },
    voucher: { ...points.voucher, next: 'month' },
  });
  await api.put('/api/v1/journeys/win-back', { ...definition, points }, { 'If-Match': `"${revision}"` });
  await page.goto('/journeys/win-back/versions');
  await map.point(/^Delay, 10 days/).click();
  await expect(page.getByRole('status').filter({ hasText: '14 days' })).toBeVisible();
  await expectNoOverflow(page);
  await picture(page, 'versions', { keep: true });
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await expect(page.getByRole('dialog').getByText('Duration: 14 days')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish the version' })).toBeEnabled();
  await picture(page, 'people', { keep: true });
});

test('tasks, one of them open, and a journey in stages', async ({ page, api }) => {
  const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/contacts?limit=4');
  const tasks = [
    ['Call: did the lamps arrive?', 'call', 'high', '2011-12-08T09:00:00Z', 'They asked whether it comes before Christmas.'],
    ['Send the spring catalogue', 'email', 'normal', '2011-12-09T16:00:00Z', null],
    ['Meet about the window display', 'appointment', 'normal', '2011-12-13T09:00:00Z', null],
    ['Thank the ten best buyers', 'toDo', 'normal', '2012-01-10T09:00:00Z', null],
  ] as const;
  for (const [at, [title, kind, priority, due, text]] of tasks.entries())
    await api.post('/api/v1/tasks', { title, kind, priority, due, text, assignee: 'demo@example.org', contact: items[at]?.id });
  await page.goto('/tasks');
  await page.getByRole('button', { name: /^Call Call: did/ }).click();
  await page.mouse.move(0, 0);
  await expectNoOverflow(page);
  await picture(page, 'tasks', { keep: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoOverflow(page);
  await picture(page, 'tasks-phone');
  await page.setViewportSize({ width: 1440, height: 900 });

  const map = new JourneyMap(page);
  const used = await api.post<{ id: string }>('/api/v1/gallery/lead-nurturing/use', { name: 'Deals', language: 'en' });
  await page.goto(`/journeys/${used.id}`);
  await map.open(/^Stage, In talks/);
  await picture(page, 'stages', { keep: true });
});

test('many contacts, and a segment of them', async ({ page }) => {
  await page.goto('/contacts');
  for (const row of [1, 2, 4]) await page.getByRole('row').nth(row).getByRole('checkbox').check();
  await picture(page, 'bulk', { keep: true });
  await page.goto('/segments/lapsed');
  await expect(page.getByRole('table').getByRole('row').nth(10)).toBeVisible();
  await picture(page, 'segment', { keep: true });
});

test('one contact', async ({ page }) => {
  await page.goto('/contacts?q=17850');
  await page.getByRole('row').nth(1).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Journeys' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Order Completed' }).first()).toBeVisible();
  await expectNoOverflow(page);
  await picture(page, 'contact', { keep: true });
});

test('an import before it is written', async ({ page }) => {
  await page.goto('/contacts/import');
  await page.setInputFiles('input[type=file]', {
    name: 'fiera-torino-2026.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'E-Mail Address;Nome;Cognome;Città;Data nascita;Spesa tot.;Interessi;Stand\ngiulia.ferraro@posta.example;Giulia;Ferraro;Torino;03/05/1988;318,40;tè nero|oolong;B14\nkwame.mensah@mail.example;Kwame;Mensah;Accra;02/11/1991;86,00;rooibos;B14\nm.rossi@@posta.example;Marco;Rossi;Torino;14/07/1979;12;;B15\nlucia@ortega-tapas.example;Lucía;Ortega;Sevilla;21/02/1985;40,50;;B15\n',
    ),
  });
  await expect(page.getByText('of 4 rows can go in')).toBeVisible();
  await expectNoOverflow(page);
  await picture(page, 'import', { keep: true });
});

/** Those who wait at a point, by their ids. */
async function waiting(api: Api, journey: string, point: string): Promise<string[]> {
  const { items } = await api.get<{ items: { contact: string }[] }>(
    `/api/v1/journeys/${journey}/points/${point}/queue?limit=200`,
  );
  return items.map(({ contact }) => contact);
}

test('an experiment that can be decided, and a point that is paused', async ({ page, api }) => {
  test.slow();
  const map = new JourneyMap(page);
  const id = 'reminder-tested';
  await api.put(`/api/v1/journeys/${id}`, {
    format: 1,
    id,
    name: 'Reminder, long or short',
    settings: { email: { topic: 'shop-news' } },
    start: [{ kind: 'event', id: 'left', events: ['Checkout Left'], next: 'test' }],
    points: {
      test: {
        kind: 'experiment',
        paths: [
          { name: 'as it is', share: 50, next: 'long' },
          { name: 'short', share: 50, next: 'brief' },
        ],
        goal: { kind: 'event', events: ['Order Completed'] },
        within: 'P14D',
        holdOut: 10,
        onHoldOut: 'over',
        leastPeople: 100,
        leastTime: 'P7D',
      },
      long: { kind: 'sendEmail', content: 'we-miss-you', next: 'rest-long' },
      'rest-long': { kind: 'delay', for: 'P30D', next: 'over' },
      brief: { kind: 'sendEmail', content: 'voucher', next: 'rest-brief' },
      'rest-brief': { kind: 'delay', for: 'P30D', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await api.post(`/api/v1/journeys/${id}/publish`);
  for (let person = 0; person < 280; person += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => api.event('Checkout Left', { email: `tester-${person + at}@example.org` })),
    );
  for (const [point, oneOf] of [
    ['rest-long', 9],
    ['rest-brief', 3],
  ] as const)
    for (const [at, contact] of (await waiting(api, id, point)).entries())
      if (at % oneOf === 0) await api.post('/api/v1/events', { event: 'Order Completed', contact, properties: { total: 20 } });
  await api.pass(24 * 8);
  await page.goto(`/journeys/${id}`);
  await map.point(/^Experiment, as it is/).click();
  await expect(map.pane.getByText('“short” can win')).toBeVisible();
  await page.mouse.move(0, 0);
  await expectNoOverflow(page);
  await picture(page, 'experiment', { keep: true });

  await page.goto('/journeys/win-back');
  await map.point(/^Delay, 14 days/).click();
  await map.pane.getByRole('button', { name: 'Pause this point' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause this point' }).click();
  await expect(map.pane.getByText('This point is paused')).toBeVisible();
  await page.mouse.move(0, 0);
  await picture(page, 'paused', { keep: true });
  await map.pane.getByRole('button', { name: 'Let them go on' }).click();
  await expect(map.pane.getByText('This point is paused')).toBeHidden();
});

test('quiet hours, addresses for what comes in, and the log of changes', async ({ page, api }) => {
  const hours = {
    nights: { from: '21:00', until: '08:00', spread: 'PT2H' },
    'Sundays and holidays': { days: ['sunday'], holidays: true, countries: ['FR', 'IT'], spread: 'PT2H' },
  };
  for (const [name, body] of Object.entries(hours)) await api.put(`/api/v1/quiet-hours/${encodeURIComponent(name)}`, body);
  await page.goto('/settings/quiet');
  await expect(page.getByRole('row', { name: /^nights/ })).toBeVisible();
  await expectNoOverflow(page);
  await picture(page, 'quiet', { keep: true });

  await page.goto('/settings/hooks');
  await page.getByRole('button', { name: 'New address' }).first().click();
  const form = page.getByRole('dialog', { name: 'New address' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('shop');
  await form.getByRole('textbox', { name: 'What people call it' }).fill('Our shop');
  await form.getByRole('combobox', { name: 'Event' }).fill('Order Paid');
  await form
    .getByRole('textbox', { name: 'What comes' })
    .fill(
      JSON.stringify(
        { number: 'A-2107', customer: { mail: 'eva@example.org', town: 'Lyon' }, total: 48.5, lines: [{ title: 'Tea pot' }] },
        null,
        2,
      ),
    );
  await form.getByRole('combobox', { name: 'E-mail' }).fill('/customer/mail');
  const data = form.getByRole('group', { name: 'Journey data' });
  await data.getByRole('button', { name: 'Add a line' }).click();
  await data.getByRole('combobox').first().fill('/total');
  await expect(form.getByRole('region', { name: 'What it becomes' }).getByText('Contact: E-mail eva@example.org')).toBeVisible();
  await form.getByRole('textbox', { name: 'What people call it' }).focus();
  await form.evaluate((dialog) => dialog.scrollTo(0, 430));
  await expectNoOverflow(page);
  await picture(page, 'hooks', { keep: true });
  await form.getByRole('button', { name: 'Cancel' }).click();

  await api.put('/api/v1/caps/calm%20weeks', { most: 3, within: 'P7D' });
  await api.delete('/api/v1/caps/calm%20weeks');
  await api.post('/api/v1/gallery/birthday/use', { name: 'Birthdays', language: 'en' });
  await api.post('/api/v1/journeys/win-back/points/fortnight/pause');
  await api.post('/api/v1/journeys/win-back/points/fortnight/resume');
  await api.post('/api/v1/journeys/win-back/pause');
  await api.post('/api/v1/journeys/win-back/resume');
  await page.goto('/settings/audit');
  await expect(page.getByRole('row').nth(8)).toBeVisible();
  await expectNoOverflow(page);
  await picture(page, 'audit', { keep: true });
  // Other tests of this server send what they send.
  for (const name of Object.keys(hours)) await api.delete(`/api/v1/quiet-hours/${encodeURIComponent(name)}`);
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
