import { expect, expectAccessible, test } from './app';

test('while sending is held every page says so, and whoever decides lets it go', async ({ page, api }) => {
  await api.post('/api/v1/sending/hold');
  try {
    await page.goto('/');
    const bar = page.getByRole('status').filter({ hasText: 'Sending is held' });
    await expect(bar).toBeVisible();
    await expectAccessible(page);
    await bar.getByRole('button', { name: 'Let sending go' }).click();
    const dialog = page.getByRole('dialog', { name: 'Let sending go?' });
    await dialog.getByRole('radio', { name: 'Discard what waits' }).check();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Let sending go' }).click();
    await expect(page.getByText('Messages leave again')).toBeVisible();
    await expect(bar).toHaveCount(0);
    expect((await api.get<{ held: boolean }>('/api/v1/sending')).held).toBe(false);
  } finally {
    if ((await api.get<{ held: boolean }>('/api/v1/sending')).held) await api.post('/api/v1/sending/release');
  }
});
