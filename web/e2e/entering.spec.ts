import { expect, expectAccessible, test } from './app';

test('the rows of a file enter a live journey, each with its own data', async ({ page, api }) => {
  await api.put('/api/v1/journeys/vouchers', {
    format: 1,
    id: 'vouchers',
    name: 'Vouchers',
    start: [{ kind: 'hand', id: 'in', next: 'rest' }],
    points: { rest: { kind: 'delay', for: 'P1D', next: 'end' }, end: { kind: 'end', outcome: 'completed' } },
  });
  await api.post('/api/v1/journeys/vouchers/publish');
  for (const email of ['row.one@example.org', 'row.two@example.org']) await api.post('/api/v1/contacts', { email });

  await page.goto('/contacts/import');
  await page.getByText('Entries into a journey').click();
  await page.getByRole('combobox', { name: 'Journey' }).click();
  await page.getByRole('option', { name: 'Vouchers' }).click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'vouchers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('email,voucher\nrow.one@example.org,A\nrow.two@example.org,B\nnobody@example.org,C\n'),
  });
  await expect(page.getByText('of 3 rows can go in')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Enter 3 contacts' }).click();
  await expect(page.getByText('Did not enter')).toBeVisible();
  const { figures } = await api.get<{ figures: { started: number } }>('/api/v1/journeys/vouchers');
  expect(figures.started).toBe(2);
});
