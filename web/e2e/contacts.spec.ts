import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from './app';
import { JourneyMap } from './map';

test('a contact is made, tagged, changed, and its life is told', async ({ page }) => {
  await page.goto('/contacts');
  await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(51);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'New contact' }).click();
  await page.getByRole('button', { name: 'Add the contact' }).click();
  await expect(page.getByText('An e-mail address, a phone or a customer number is needed.')).toBeVisible();
  await page.getByLabel('E-mail', { exact: true }).fill('giulia.ferraro@posta.example');
  await page.getByLabel('First name').fill('Giulia');
  await page.getByLabel('Last name').fill('Ferraro');
  await page.getByRole('button', { name: 'Add the contact' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Giulia Ferraro' })).toBeVisible();

  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('combobox', { name: 'Tags' }).fill('tea-club');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Tag tea-club added')).toBeVisible();
  await expectAccessible(page);
});

test('a contact is found by its number; its journeys tell where it stands and why', async ({ page }) => {
  await page.goto('/contacts');
  await page.getByRole('searchbox').fill('nobody@posta.example');
  await expect(page.getByText('Nobody has this')).toBeVisible();
  await page.getByRole('searchbox').fill('17850');
  await page.getByRole('row', { name: /17850/ }).getByRole('link').click();

  await expect(page.getByRole('heading', { name: 'Journeys' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Welcome and thank-you' })).toBeVisible();
  await page.getByRole('tab', { name: 'Messages' }).click();
  await expect(page.getByText('sent').first()).toBeVisible();
});

test('why a contact is where it is, is told as it was answered then', async ({ page }) => {
  await page.goto('/contacts');
  await page.getByRole('searchbox').fill('17850');
  await page.getByRole('row', { name: /17850/ }).getByRole('link').click();
  await page.getByRole('button', { name: 'Why in Win back?' }).click();
  const pane = page.getByRole('dialog');
  await expect(pane.getByText(/Came in on .*Nothing bought for 90 days/)).toBeVisible();
  await expect(pane.getByText('went on: voucher')).toBeVisible();
  await pane.getByRole('tab', { name: 'Why here' }).click();
  await expect(pane.getByText(/It ended on .*Unsuccessful/)).toBeVisible();
  await pane.getByRole('tab', { name: 'Why not sent' }).click();
  await expect(pane.getByText('All messages of this journey went out')).toBeVisible();
  await pane.getByRole('tab', { name: 'Could enter now?' }).click();
  await expect(pane.getByText(/Entered now, it would/)).toBeVisible();
  await expectAccessible(page);
});

test('many are tagged at once', async ({ page }) => {
  await page.goto('/contacts');
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await expect(page.getByText('50 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByRole('combobox', { name: 'Tags' }).fill('spring-fair');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add the tags' }).click();

  await expect(page.getByText('50 contacts are changed')).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText('spring-fair');
});

test('those ticked by keyboard go into a file', async ({ page }) => {
  await page.goto('/contacts');
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  for (let row = 0; row < 3; row++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+X');
  await expect(page.getByText('4 selected')).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')]);
  const file = readFileSync(await download.path(), 'utf8');
  expect(file.trim().split('\r\n')).toHaveLength(5);
  await page.keyboard.press('x');
  await expect(page.getByText('3 selected')).toBeVisible();
});

test('a tag tells which journeys use it', async ({ page, api }) => {
  await api.put('/api/v1/journeys/tagging', {
    format: 1,
    id: 'tagging',
    name: 'Tagging',
    start: [{ kind: 'tagAdded', id: 'tagged', tag: 'regular', next: 'over' }],
    points: { over: { kind: 'end', outcome: 'completed' } },
  });
  await api.post('/api/v1/contacts', { email: 'regular@tea.example', tags: { add: ['regular'] } });
  await page.goto('/contacts/tags');
  await page.getByRole('button', { name: 'Where regular is used' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Tagging' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tagging' })).toBeVisible();
});

test('a contact is kept out of a journey, let in again, archived and brought back', async ({ page, api }) => {
  await api.put('/api/v1/journeys/greeting', {
    format: 1,
    id: 'greeting',
    name: 'Greeting',
    start: [{ kind: 'hand', id: 'by-hand', next: 'wait' }],
    points: { wait: { kind: 'delay', for: 'P30D', next: 'over' }, over: { kind: 'end', outcome: 'completed' } },
  });
  await api.post('/api/v1/journeys/greeting/publish', {});
  const made = await api.post<{ id: string }>('/api/v1/contacts', {
    email: 'bruno@tea.example',
    properties: { firstName: 'Bruno', lastName: 'Kern' },
  });
  await api.post('/api/v1/journeys/greeting/enrolments', { contact: made.id });
  await page.goto(`/contacts/${made.id}`);
  await page.getByRole('button', { name: 'Keep out of “Greeting”' }).click();
  const asked = page.getByRole('dialog');
  await expect(asked.getByRole('checkbox', { name: 'Take it out now, too' })).toBeChecked();
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Keep out' }).click();
  await expect(page.getByText('Kept out', { exact: true })).toBeVisible();
  await expect(page.getByText('Taken out', { exact: true })).toBeVisible();
  await expect(page.getByText('Kept out of Greeting')).toBeVisible();
  await page.getByRole('button', { name: 'Let into “Greeting” again' }).click();
  await expect(page.getByText('Kept out', { exact: true })).toBeHidden();

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText(/In the archive since/)).toBeVisible();
  await expectAccessible(page);

  await page.goto('/contacts');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('combobox', { name: 'Archive' }).click();
  await page.getByRole('option', { name: 'Archived ones only' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'Bruno Kern' }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Bring back' }).click();
  await expect(page.getByText(/In the archive since/)).toBeHidden();
  await expect(page.getByText('Brought back from the archive')).toBeVisible();
});

test('what day it is decides, a property says how long, and what a journey and a person note is read in the timeline', async ({
  page,
  api,
}) => {
  const map = new JourneyMap(page);
  await api.put('/api/v1/journeys/calling-back', {
    format: 1,
    id: 'calling-back',
    name: 'Calling back',
    start: [{ kind: 'event', id: 'asked', events: ['Call Asked'], next: 'over' }],
    points: { over: { kind: 'end', outcome: 'completed' } },
  });
  const { now } = await api.get<{ now: string }>('/api/v1/clock');
  const today = (width: 'short' | 'long') =>
    new Intl.DateTimeFormat('en-GB', { weekday: width, timeZone: 'UTC' }).format(new Date(now));

  await test.step('a condition on the day and the time is built of its words', async () => {
    await page.goto('/journeys/calling-back');
    await map.add('before Completed', 'if');
    await map.pane.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('menuitem', { name: 'Day and time', exact: true }).click();
    await map.pane.getByRole('button', { name: 'Days and times: Monday to Friday, between 09:00 and 18:00' }).click();
    const words = page.getByRole('dialog').last();
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
      if ((await words.getByRole('checkbox', { name: day }).isChecked()) !== (day === today('short')))
        await words.getByText(day, { exact: true }).click();
    await words.getByLabel('From').fill('');
    await words.getByLabel('Until').fill('');
    await page.keyboard.press('Escape');
    await expect(map.pane.getByRole('button', { name: `Days and times: ${today('long')}` })).toBeVisible();
  });

  await test.step('a delay lasts as long as a property says', async () => {
    await map.add('before Completed', 'delay');
    await map.pane.getByRole('textbox', { name: 'Wait for' }).fill('1');
    await expect(map.pane.getByRole('combobox', { name: 'Unit' })).toHaveValue('day');
    await map.pane.getByRole('switch', { name: 'As long as a value says' }).check({ force: true });
    await map.pane.getByRole('combobox', { name: 'Where it stands' }).fill('patience');
    await page.keyboard.press('Enter');
    await map.pane.getByRole('combobox', { name: 'A number there counts' }).click();
    await page.getByRole('option', { name: 'Hours' }).click();
    await expect(map.point(/^Delay, as long as patience says/)).toBeVisible();
  });

  await test.step('and then something is noted', async () => {
    await map.add('before Completed', 'remark');
    await map.pane.getByRole('textbox', { name: 'What is noted' }).fill('Waited {{contact.patience}} hours for a call');
    await map.saved();
    await api.post('/api/v1/journeys/calling-back/publish');
  });

  await api.post('/api/v1/contacts', { email: 'ada.patient@tea.example', properties: { patience: 5 } });
  await api.event('Call Asked', { email: 'ada.patient@tea.example' });
  await api.pass(4);
  const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/contacts?email=ada.patient@tea.example');
  await page.goto(`/contacts/${items[0]?.id}`);
  await expect(page.getByText('Call Asked').first()).toBeVisible();
  await expect(page.getByText('Waited 5 hours for a call')).toHaveCount(0);
  await api.pass(2);
  await page.reload();
  const life = page.getByRole('region', { name: 'What happened' });
  await expect(life.getByRole('listitem').filter({ hasText: 'Waited 5 hours for a call' })).toContainText('A note');

  await life.getByRole('textbox', { name: 'Write a note…' }).fill('Prefers mornings');
  await life.getByRole('button', { name: 'Keep the note' }).click();
  await expect(life.getByRole('listitem').filter({ hasText: 'Prefers mornings' })).toContainText('A note of demo@example.org');
  await expect(life.getByRole('textbox', { name: 'Write a note…' })).toHaveValue('');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Why in Calling back?' }).click();
  await expect(page.getByRole('dialog').getByText(`it is ${today('long')}`)).toBeVisible();
});

test('the table turns round by when they came, hides columns of its own, and has pages of another size', async ({ page }) => {
  await page.goto('/contacts');
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(51);
  const newest = await rows.nth(1).getByRole('link').textContent();
  const since = page.getByRole('columnheader', { name: 'Contact since' });
  await expect(since).toHaveAttribute('aria-sort', 'descending');

  await since.getByRole('button').click();
  await expect(since).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows.nth(1).getByRole('link')).not.toHaveText(newest ?? '');
  await page.getByRole('combobox', { name: 'Contacts a page' }).selectOption('25');
  await expect(rows).toHaveCount(26);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Last seen' }).uncheck();
  await expect(page.getByRole('columnheader', { name: 'Last seen' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  await page.reload();
  await expect(rows).toHaveCount(26);
  await expect(page.getByRole('columnheader', { name: 'Last seen' })).toBeHidden();
});

test('two contacts become one, and of what both have one chooses', async ({ page, api }) => {
  const ada = await api.post<{ id: string }>('/api/v1/contacts', {
    email: 'ada.merge@posta.example',
    properties: { first_name: 'Ada', last_name: 'Merge', city: 'Lyon' },
  });
  await api.post('/api/v1/contacts', {
    email: 'a.merge@posta.example',
    properties: { first_name: 'Ada', last_name: 'Mergeson', city: 'Milano' },
    tags: { add: ['vip'] },
  });
  await page.goto(`/contacts/${ada.id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Merge with another contact…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge with Ada Merge' });
  await dialog.getByRole('combobox', { name: 'The other contact' }).fill('a.merge');
  await page.getByRole('option', { name: /Mergeson/ }).click();
  // What both have alike is not asked.
  await expect(dialog.getByRole('radiogroup')).toHaveCount(2);
  await dialog.getByRole('radio', { name: 'Mergeson' }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText('The two are one contact now')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Mergeson' })).toBeVisible();
  await expect(page.getByText('Lyon').first()).toBeVisible();
  await expect(page.getByText('vip').first()).toBeVisible();
});
