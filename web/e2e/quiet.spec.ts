import { expect, test } from './app';
import { JourneyMap } from './map';

test('a journey starts when nothing happens, and sets a property from what the event says', async ({ page }) => {
  const map = new JourneyMap(page);
  await page.goto('/journeys/new');
  await page.getByRole('button', { name: /^From scratch/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Silent');
  await page.getByRole('button', { name: 'Draw the map' }).click();

  await test.step('an e-mail that nobody opens', async () => {
    await map.panel.getByRole('option', { name: /An e-mail is sent/ }).click();
    await expect(map.point(/Starting point/)).toContainText('An e-mail is opened');
    await map.pane.getByRole('combobox', { name: 'What becomes of the e-mail' }).click();
    await page.getByRole('option', { name: 'Is not opened within a time' }).click();
    await expect(map.point(/Starting point/)).toContainText('An e-mail is not opened within 3 days');
  });

  await test.step('a property gets what the event says, as a number', async () => {
    await map.add('at the end of line A', 'set property');
    await map.pane.getByRole('combobox', { name: 'Property' }).fill('last_total');
    await map.pane.getByRole('textbox', { name: 'Value' }).fill('{{event.total}}');
    await map.pane.getByRole('combobox', { name: 'The filled text becomes' }).click();
    await page.getByRole('option', { name: 'Number', exact: true }).click();
    await expect(map.point(/last_total/)).toContainText('last_total = ‹total›');
  });

  await test.step('two hours before the moment of a property', async () => {
    await page.keyboard.press('Escape');
    await map.add('at the end of line A', 'wait until a date');
    await map.pane.getByText('The very moment', { exact: true }).click();
    await map.pane.getByRole('combobox', { name: 'What has the date' }).fill('appointment_at');
    await expect(map.point(/appointment_at/)).toContainText('2 hours before appointment_at');
  });

  await test.step('another starting point: no sign of life', async () => {
    await page.keyboard.press('Escape');
    await map.plus('at the end of line A').click();
    await map.panel.getByRole('option', { name: /No sign of life/ }).click();
    await map.pane.getByRole('combobox', { name: 'Signs of life' }).fill('Order Completed');
    await page.keyboard.press('Enter');
    await expect(map.point(/Order Completed/)).toContainText('then not again for 30 days');
    await map.saved();
  });
});
