import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app';
import { JourneyMap } from './map';

const STOPS_MAX = 60;

/** Presses Tab until it has the focus: what cannot be reached so is not there for whoever has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is not among the first ${STOPS_MAX} stops of the Tab key.`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

test('a journey is drawn, mended and published by keyboard alone', { tag: '@check' }, async ({ page, api }) => {
  const map = new JourneyMap(page);
  const keys = page.keyboard;
  await page.goto('/journeys');
  await expect(page.getByRole('row', { name: /Win back/ })).toBeVisible();
  await keys.press('n');
  await press(page, page.getByRole('button', { name: /^From scratch/ }));
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await keys.type('By hand');
  await keys.press('Enter');

  await expect(map.panel.getByRole('combobox', { name: 'Search points' })).toBeFocused();
  await keys.type('event');
  await keys.press('Enter');
  await tabTo(page, map.pane.getByRole('combobox', { name: 'Events that bring people in' }));
  await keys.type('Signed Up');
  await keys.press('Enter');
  await expect(map.point('Starting point, Signed Up')).toBeVisible();
  await keys.press('Escape');
  await expect(map.point('Starting point, Signed Up')).toBeFocused();

  await test.step('points are added after the one that has the focus', async () => {
    await keys.press('a');
    await keys.type('tag');
    await keys.press('Enter');
    await expect(map.point(/^Add tag/)).toBeFocused();
    await keys.press('Enter');
    await expect(map.pane.getByRole('combobox', { name: 'Tag' })).toBeFocused();
    await keys.type('by-keyboard');
    await keys.press('Escape');
    await keys.press('Escape');
    await expect(map.point('Add tag, by-keyboard')).toBeFocused();
    await keys.press('a');
    await keys.type('if');
    await keys.press('Enter');
    await expect(map.point(/^If/)).toBeFocused();
    await keys.press('a');
    await keys.type('end');
    await keys.press('Enter');
    await expect(map.point(/^End/)).toBeFocused();
  });

  await test.step('the arrows go along the line; Del, undo and redo', async () => {
    await keys.press('ArrowUp');
    await expect(map.point(/^If/)).toBeFocused();
    await keys.press('Home');
    await expect(map.point(/^Starting point/)).toBeFocused();
    await keys.press('End');
    await expect(map.point(/^End/)).toBeFocused();
    await keys.press('ArrowUp');
    await keys.press('Delete');
    const dialog = page.getByRole('dialog', { name: /^Delete/ });
    await expect(dialog).toBeVisible();
    await keys.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(map.point(/^If/)).toBeFocused();
    await keys.press('ArrowUp');
    await keys.press('Delete');
    await expect(map.point('Add tag, by-keyboard')).toBeHidden();
    await keys.press('Control+z');
    await expect(map.point('Add tag, by-keyboard')).toBeVisible();
    await keys.press('Control+Shift+z');
    await expect(map.point('Add tag, by-keyboard')).toBeHidden();
    await keys.press('Control+z');
    await expect(map.point('Add tag, by-keyboard')).toBeVisible();
  });

  await test.step('F8 leads to each error; it is mended in the pane', async () => {
    // The check follows the draft: what it said before the last undo is not what F8 should lead to.
    await expect(map.point(/^If.*has errors/)).toBeVisible();
    await keys.press('F8');
    const errors = page.getByRole('region', { name: 'Check for errors' });
    await expect(errors).toBeVisible();
    await expect(map.point(/^If/)).toBeFocused();
    await press(page, errors.getByRole('button', { name: 'Close' }));
    await tabTo(page, map.point(/^If/));
    await keys.press('Enter');
    await press(page, map.pane.getByRole('button', { name: 'Add a condition' }));
    // A menu takes the keys once it stands there; until then they belong to its button.
    await expect(page.getByRole('menu').locator(':focus')).toBeAttached();
    await keys.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Property of the contact' })).toBeFocused();
    await keys.press('Enter');
    await press(page, map.pane.getByRole('button', { name: /^Name:/ }));
    await expect(page.getByRole('dialog').getByRole('combobox', { name: 'Name' })).toBeFocused();
    await keys.type('vip');
    await keys.press('Enter');
    await expect(map.point(/^If \/ else/)).toContainText('vip');
    await press(page, map.pane.getByRole('button', { name: 'Close' }));
    await expect(map.point(/^If/)).toBeFocused();
    await keys.press('ArrowRight');
    await keys.press('F8');
  });

  await map.saved();
  await press(page, page.getByRole('button', { name: 'Review and publish' }));
  const sheet = page.getByRole('dialog', { name: 'Review and publish' });
  await press(page, sheet.getByRole('button', { name: 'Go live' }));
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await api.event('Signed Up', { email: 'keys@tea.example' });
  await expect(map.point(/^Starting point/)).toContainText('1');
});
