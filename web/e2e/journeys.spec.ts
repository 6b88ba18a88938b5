import { expect, test } from './app';

test('the journeys of the demo stand in the list with their figures', { tag: '@check' }, async ({ page }) => {
  await page.goto('/journeys');

  await expect(page.getByRole('heading', { level: 1, name: 'Journeys' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Win back/ })).toContainText('3,220');
});

test('the list is gone through by keyboard: arrows, the menu, and into a journey', async ({ page }) => {
  await page.goto('/journeys');
  const rows = page.getByRole('table').getByRole('row');
  await expect(page.getByRole('row', { name: /Win back/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(rows.nth(1).getByRole('link')).toBeFocused();
  await page.keyboard.press('.');
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(2).getByRole('link')).toBeFocused();
  const name = await rows.nth(2).getByRole('link').textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: name ?? '' })).toBeVisible();
});
