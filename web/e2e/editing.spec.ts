import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Api } from './api';
import { expect, test } from './app';
import { JourneyMap } from './map';

/** A draft of its own for each test: the sample by that name under another id. */
async function draft(page: Page, api: Api, sample: string, id: string): Promise<JourneyMap> {
  const text = readFileSync(join(import.meta.dirname, `../../samples/journeys/${sample}.json`), 'utf8');
  await api.put(`/api/v1/journeys/${id}`, { ...JSON.parse(text), id, name: id });
  await page.goto(`/journeys/${id}`);
  const map = new JourneyMap(page);
  await expect(map.points.first()).toBeVisible();
  return map;
}

test('a point is dragged from the panel onto a line, and another to where it shall stand', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'dragging');
  await map.plus('before thanks').click();
  await map.panel.getByRole('option', { name: 'Add tag' }).dragTo(map.plus('before discover'));
  await expect(map.pane.getByRole('heading', { name: 'No tag chosen yet' })).toBeVisible();
  await map.pane.getByRole('combobox', { name: 'Tag' }).fill('dragged');
  await expect.poll(() => map.names()).toContainEqual('Add tag, dragged');
  expect((await map.names()).indexOf('Add tag, dragged')).toBe((await map.names()).indexOf('Send e-mail, discover') - 1);

  await map.point('Add tag, dragged').dragTo(map.plus('before thanks-large'));
  await expect
    .poll(async () => (await map.names()).indexOf('Add tag, dragged'))
    .toBe((await map.names()).indexOf('Send e-mail, thanks-large') - 1);
  await expect(page.getByRole('status').filter({ hasText: 'dragged moved' })).toBeAttached();
});

test('points are copied, cut and pasted, also into another journey', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'copying');
  await map.point('Send e-mail, discover').click();
  await map.point('Delay, 7 days').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  await map.point('Send e-mail, thanks-large').click();
  await page.keyboard.press('Control+v');
  await expect(map.point(/^Send e-mail, discover/)).toHaveCount(2);
  await expect(map.point(/^Delay, 7 days/)).toHaveCount(2);

  await map.point(/^Add tag, large-first-order/).click();
  await page.keyboard.press('Control+x');
  await expect(map.point(/^Add tag, large-first-order/)).toHaveCount(0);
  await map.saved();
  const other = await draft(page, api, 'win-back', 'pasting');
  await other.point(/^Send e-mail, we-miss-you/).click();
  await page.keyboard.press('Control+v');
  await expect(other.point(/^Add tag, large-first-order/)).toHaveCount(1);
});

test('undo and redo reach back over a reload', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'undoing');
  await map.open(/^Delay, 21 days/);
  await map.pane.getByRole('textbox', { name: 'Name on the map' }).fill('Patience');
  await map.add('before Patience', 'tag');
  await map.pane.getByRole('combobox', { name: 'Tag' }).fill('patient');
  await map.saved();
  await page.reload();

  await expect(map.point(/^Add tag, patient/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(map.point(/^Add tag/).filter({ hasText: 'patient' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(map.point(/^Delay, 21 days/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' }).first()).toBeDisabled();
  for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Redo' }).click();
  await expect(map.point(/^Add tag, patient/)).toBeVisible();
  await expect(map.point(/^Delay, Patience/)).toBeVisible();
});

test('deleting a rule asks what becomes of its lines; a line goes from a point on', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'deleting');
  await map.open(/^If/);
  await map.pane.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete Del' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 400 GBP or more??' });
  await expect(dialog.getByRole('radio', { name: 'Keep large' })).toBeVisible();
  await dialog.getByRole('radio', { name: 'Keep all others' }).check();
  await expect(dialog.getByText('2 points go with it.').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(map.point(/^Send e-mail, thanks-large/)).toHaveCount(0);
  await expect(map.point(/^Send e-mail, thanks/)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(map.point(/^Send e-mail, thanks-large/)).toHaveCount(1);

  await map.open(/^Delay, 7 days/);
  await map.pane.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete from here on' }).click();
  await expect(map.points).toHaveCount(5);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(map.point(/^Delay, 7 days/)).toBeVisible();
  await expect(map.point(/^End, No second order/)).toBeVisible();
});

test('the outline shows the same journey, folds its lines, and opens its points', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'outlining');
  const names = await map.names();
  await map.look('Outline');
  await expect(page).toHaveURL(/\/outline$/);
  await expect(map.point(/^Line A, large/)).toHaveAttribute('aria-expanded', 'true');
  expect((await map.names()).filter((name) => !name.startsWith('Line '))).toEqual(names);

  await map.point(/^Line B, all others/).click();
  await expect(map.point(/^Send e-mail, thanks, /)).toBeHidden();
  await expect(map.point(/^Line B, all others/)).toContainText('1 point');
  await map.point(/^Line B, all others/).click();

  await map.point(/^Send e-mail, discover/).click();
  await expect(map.pane).toBeVisible();
});

test('the outline is edited as the map is', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'outline-edited');
  await map.look('Outline');
  await map.point(/^Send e-mail, discover/).click();
  await map.pane.getByRole('textbox', { name: 'Name on the map' }).fill('What else there is');
  await page.keyboard.press('Escape');
  await expect(map.point(/^Send e-mail, What else there is/)).toBeFocused();

  await page.keyboard.press('a');
  await page.keyboard.type('tag');
  await page.keyboard.press('Enter');
  await expect(map.point(/^Add tag, No tag/)).toBeFocused();
  await map.pane.getByRole('combobox', { name: 'Tag' }).fill('discovers');
  await expect.poll(() => map.names()).toContainEqual('Add tag, discovers');
  const after = async (name: string) => {
    const names = (await map.names()).filter((one) => !one.startsWith('Line '));
    return names[names.indexOf(name) + 1];
  };
  expect(await after('Send e-mail, What else there is')).toBe('Add tag, discovers');

  await map.point(/^Add tag, discovers/).click();
  await page.keyboard.press('Delete');
  await expect(map.point(/^Add tag, discovers/)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(map.point(/^Add tag, discovers/)).toBeVisible();
  await map.saved();
  await map.look('Map');
  expect(await after('Send e-mail, What else there is')).toBe('Add tag, discovers');
});

test('an open end is led to a point that is there: it joins its line, or goes back to it', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'connecting');
  await map.open(/^End, No second order/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(map.point(/^End/)).toHaveCount(0);
  await map.plus('at the end of line A').click();
  await map.panel.getByRole('combobox', { name: /Or lead the line/ }).click();
  await page.getByRole('option', { name: 'discover' }).click();
  await expect(map.point(/^Go to/)).toBeVisible();
});

test('the content of an e-mail is a step away, and so is the way back', async ({ page, api }) => {
  const map = await draft(page, api, 'win-back', 'content-of');
  await map.open(/^Send e-mail, we-miss-you/);
  await map.pane.getByRole('link', { name: 'Edit content' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'we-miss-you' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to content-of' }).click();
  await expect(map.pane.getByRole('heading', { name: 'we-miss-you' })).toBeVisible();
});

test('a note is written beside a point', async ({ page, api }) => {
  const map = await draft(page, api, 'welcome', 'noted');
  await map.open(/^Delay, 7 days/);
  await map.pane.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Add a note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('Long enough for the parcel to arrive.');
  await map.saved();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Long enough for the parcel to arrive.');
});

test('the check mends what one press can mend, and leads to where what is missing is made', async ({ page, api }) => {
  const id = 'half-drawn';
  await api.put(`/api/v1/journeys/${id}`, {
    format: 1,
    id,
    name: 'Half drawn',
    settings: { email: { topic: 'shop-news' } },
    start: [{ kind: 'event', id: 'in', events: ['Subscribed'], next: 'join' }],
    points: {
      join: { kind: 'addToList', list: 'tea friends' },
      alone: { kind: 'addTag', tag: 'nobody', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await page.goto(`/journeys/${id}`);
  const map = new JourneyMap(page);
  await page.getByRole('button', { name: /^\d+ errors?/ }).click();
  const check = page.getByRole('region', { name: 'Check for errors' });
  // One stands there already: no line leads to it.
  await expect(map.point(/^End, Completed/)).toHaveCount(1);
  await check.getByRole('button', { name: 'Add an end here' }).click();
  await expect(map.point(/^End, Completed/)).toHaveCount(2);
  await expect(check.getByRole('button', { name: 'Add an end here' })).toBeHidden();

  const beside = page.waitForEvent('popup');
  await check.getByRole('link', { name: 'Make the list' }).click();
  const lists = await beside;
  await expect(lists.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('tea friends');
  await lists.getByRole('button', { name: 'Save' }).click();
  await expect(lists.getByRole('dialog')).toBeHidden();
  await lists.close();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(check.getByRole('link', { name: 'Make the list' })).toBeHidden();

  // The tag goes, and then what it led to: nothing leads there now.
  await check.getByRole('button', { name: 'Remove the point', exact: true }).first().click();
  await expect(map.point(/^Add tag, nobody/)).toHaveCount(0);
  await check.getByRole('button', { name: 'Remove the point', exact: true }).click();
  await expect(page.getByRole('button', { name: 'No errors' })).toBeVisible();
});

test('two people in one draft lose nothing: what both changed is decided, all else is kept', async ({
  page,
  api,
  browser,
  demo,
  signedIn,
}) => {
  const mine = await draft(page, api, 'welcome', 'together');
  const other = await browser.newContext({ baseURL: demo.address, storageState: signedIn });
  const theirPage = await other.newPage();
  await theirPage.goto('/journeys/together');
  const theirs = new JourneyMap(theirPage);
  await expect(theirs.points.first()).toBeVisible();

  // They change two points; I change one of these, and a third, before I know.
  await theirs.open(/^Delay, 7 days/);
  await theirs.pane.getByRole('textbox', { name: 'Name on the map' }).fill('A week');
  await theirs.open(/^Delay, 21 days/);
  await theirs.pane.getByRole('textbox', { name: 'Name on the map' }).fill('Three weeks');
  await theirs.saved();
  await page.context().setOffline(true);
  await mine.open(/^Delay, 7 days/);
  await mine.pane.getByRole('textbox', { name: 'Name on the map' }).fill('Seven days of quiet');
  await mine.open(/^Send e-mail, discover/);
  await mine.pane.getByRole('textbox', { name: 'Name on the map' }).fill('The shelves');
  await page.context().setOffline(false);

  const dialog = page.getByRole('dialog', { name: /^You and .* changed/ });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('A week')).toBeVisible();
  await expect(dialog.getByText('Seven days of quiet', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect(dialog).toBeHidden();
  await mine.saved();
  await expect(mine.point(/^Delay, Three weeks/)).toBeVisible();

  await theirPage.reload();
  await expect(theirs.point(/^Delay, Seven days of quiet/)).toBeVisible();
  await expect(theirs.point(/^Delay, Three weeks/)).toBeVisible();
  await expect(theirs.point(/^Send e-mail, The shelves/)).toBeVisible();
  await other.close();
});
