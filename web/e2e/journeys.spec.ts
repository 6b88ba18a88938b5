import { expect, expectAccessible, test } from './app';

test('the journeys of the demo stand in the list with their figures', { tag: '@check' }, async ({ page }) => {
  await page.goto('/journeys');

  await expect(page.getByRole('heading', { level: 1, name: 'Journeys' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Win back/ })).toContainText('3,220');
  await expectAccessible(page);
});
