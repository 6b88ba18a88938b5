import { expect, expectAccessible, test } from './app';

test('the navigation counts the mails that one has not looked at', async ({ page }) => {
  await page.goto('/journeys');
  const place = page.getByRole('navigation').getByRole('link', { name: /Sandbox mailbox/ });
  await expect(place).toContainText('999+');

  await place.click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expect(place).not.toContainText('999');
});

test('a segment tells how many were in it day by day', async ({ page, api }) => {
  await api.get('/api/v1/segments/lapsed/days');
  await page.goto('/segments/lapsed');
  await expect(page.getByRole('figure', { name: /day by day/ })).toBeVisible();
  await expectAccessible(page);
});
