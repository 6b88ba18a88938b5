import { expect, expectAccessible, test } from './app';

test('a secret is stored for webhooks and not shown again, and what signs them is replaced', async ({ page, api }) => {
  await page.goto('/settings/webhooks');
  const store = page.getByRole('button', { name: 'New secret' }).last();
  await store.click();
  const form = page.getByRole('dialog', { name: 'New secret' });
  await form.getByRole('textbox', { name: 'Name' }).fill('CRM token');
  await form.getByLabel('Secret', { exact: true }).fill('sesame');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText(/letters, digits/).last()).toBeVisible();
  await form.getByRole('textbox', { name: 'Name' }).fill('crm');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /^crm/ })).toBeVisible();
  await expect(page.getByText('sesame')).toHaveCount(0);
  await expectAccessible(page);

  const before = await api.get<{ secret: string }>('/api/v1/webhooks/signing');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText(before.secret)).toBeVisible();
  await page.getByRole('button', { name: 'New secret' }).first().click();
  await page.getByRole('dialog', { name: 'Make a new secret?' }).getByRole('button', { name: 'New secret' }).click();
  await expect(page.getByText(/^Until .* the secret before signs beside it/)).toBeVisible();
  await expect(page.getByText(before.secret)).toHaveCount(0);
  const after = await api.get<{ secret: string }>('/api/v1/webhooks/signing');
  expect(after.secret).not.toBe(before.secret);
  await expect(page.getByText(after.secret)).toBeVisible();
});
