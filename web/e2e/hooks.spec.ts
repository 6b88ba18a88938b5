import { expect, expectAccessible, test } from './app';
import { JourneyMap } from './map';

test('an address for incoming webhooks is made, mapped against what came, and what it takes is seen', async ({ page, api }) => {
  await page.goto('/settings/hooks');
  await page.getByRole('button', { name: 'New address' }).first().click();
  const form = page.getByRole('dialog', { name: 'New address' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('shop');
  await form.getByRole('textbox', { name: 'What people call it' }).fill('Our shop');
  await form.getByRole('combobox', { name: 'Event' }).fill('Order Paid');
  await form.getByRole('textbox', { name: 'What comes' }).fill('{"id":7,"customer":{"mail":"eva@example.org"},"total":12}');
  await form.getByRole('combobox', { name: 'E-mail' }).fill('/customer/mail');
  const result = form.getByRole('region', { name: 'What it becomes' });
  await expect(result.getByText('Contact: E-mail eva@example.org')).toBeVisible();
  await expect(result.getByText('"total": 12')).toBeVisible();
  await form.getByRole('combobox', { name: 'What makes it one' }).fill('/number');
  await expect(result.getByText(/There is nothing at \/number/)).toBeVisible();
  await form.getByRole('combobox', { name: 'What makes it one' }).fill('/id');
  await expect(result.getByText('One by: 7')).toBeVisible();

  // The name of a row follows its place; two of one name are not saved, so that none is lost.
  const data = form.getByRole('group', { name: 'Journey data' });
  for (let row = 0; row < 2; row++) {
    await data.getByRole('button', { name: 'Add a line' }).click();
    await data.getByRole('combobox').nth(row).pressSequentially('/total');
    await expect(data.getByRole('textbox', { name: 'Name' }).nth(row)).toHaveValue('total');
  }
  await page.keyboard.press('Tab');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(data.getByText('This name is taken already.')).toBeVisible();
  await expectAccessible(page);
  await data.getByRole('button', { name: 'Remove total' }).last().click();
  await form.getByRole('button', { name: 'Save' }).click();

  const address = await page.getByText(/\/hooks\/wh_/).textContent();
  const body = { id: 8, customer: { mail: 'eva.paid@example.org' }, total: 20 };
  for (let times = 0; times < 2; times++)
    expect(
      (await page.request.post(address ?? '', { data: body, headers: { Origin: new URL(page.url()).origin } })).status(),
    ).toBe(200);
  const found = await api.get<{ items: unknown[] }>('/api/v1/contacts?email=eva.paid@example.org');
  expect(found.items).toHaveLength(1);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.reload();
  await page.getByRole('button', { name: /Actions for shop/ }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await expect(page.getByText('Contact: E-mail eva.paid@example.org')).toBeVisible();
});

test('an abandoned cart starts a journey with the usual events of shops', async ({ page, api }) => {
  await api.put('/api/v1/journeys/basket', {
    format: 1,
    id: 'basket',
    name: 'Basket',
    start: [{ kind: 'cartAbandoned', id: 'in', next: 'end' }],
    points: { end: { kind: 'end', outcome: 'completed' } },
  });
  await page.goto('/journeys/basket');
  await page.getByText('A basket is left lying, then nothing for 4 hours').first().click();
  const pane = new JourneyMap(page).pane;
  await expect(pane.getByText('Checkout Started', { exact: true })).toBeVisible();
  await expect(pane.getByText('Order Completed', { exact: true })).toBeVisible();
});
