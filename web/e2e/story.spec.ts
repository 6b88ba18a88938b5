import { expect, test } from './app';
import { JourneyMap } from './map';

/** Numbers on the map are at most so old (issue: "within two seconds"). */
const LIVE_MS = 2_000;

test('a journey is drawn by mouse, mended, published, and followed while a contact travels it', { tag: '@check' }, async ({
  page,
  api,
}) => {
  const map = new JourneyMap(page);
  await test.step('from scratch: a name, what brings people in, what they get', async () => {
    await page.goto('/journeys');
    await page.getByRole('link', { name: 'New journey' }).click();
    await page.getByRole('button', { name: /^From scratch/ }).click();
    await page.getByRole('button', { name: 'Draw the map' }).click();
    await expect(page.getByText('A name is needed.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name' }).fill('Tea letters');
    await page.getByRole('button', { name: 'Draw the map' }).click();

    await expect(page.getByRole('heading', { name: 'What brings people in?' })).toBeVisible();
    await map.panel.getByRole('option', { name: 'An event happens' }).click();
    await map.pane.getByRole('combobox', { name: 'Events that bring people in' }).fill('Subscribed');
    await page.keyboard.press('Enter');
    await expect(map.point('Starting point, Subscribed')).toBeVisible();

    await map.add('at the end of line A', 'mail');
    await map.add('at the end of line A', 'wait for');
    await map.pane.getByRole('button', { name: 'Add an activity' }).click();
    await page.getByRole('menuitem', { name: 'An event happens' }).click();
    await map.pane.getByRole('combobox', { name: 'An event happens' }).fill('Order Completed');
    await page.keyboard.press('Enter');
    await expect(map.point(/^Wait for activity, Order Completed/)).toBeVisible();
    await map.add('at the end of line A', 'end');
    await map.pane.getByText('Successful', { exact: true }).click();
    await map.add('at the end of line B', 'end');
    await map.pane.getByText('Unsuccessful', { exact: true }).click();
    await expect(map.point('End, Unsuccessful, line B')).toBeVisible();
  });

  await test.step('what is wrong is shown where it is, and mended there', async () => {
    await expect(page.getByText(/errors? keep.? this journey from going live/)).toBeVisible();
    await expect(map.point(/^Send e-mail, No e-mail chosen yet.*has errors/)).toBeVisible();
    await page.getByRole('button', { name: 'Review and publish' }).click();
    const sheet = page.getByRole('dialog', { name: 'Review and publish' });
    await expect(sheet.getByRole('button', { name: 'Go live' })).toBeDisabled();
    await sheet.getByRole('button', { name: 'Show the problems' }).click();
    const errors = page.getByRole('region', { name: 'Check for errors' });
    await errors
      .getByRole('button', { name: /Send e-mail/ })
      .first()
      .click();
    await errors.getByRole('button', { name: 'Close' }).click();

    await map.open(/^Send e-mail/);
    await map.pane.getByRole('combobox', { name: 'E-mail' }).click();
    await page.getByRole('option', { name: 'we-miss-you', exact: true }).click();
    await expect(map.pane.frameLocator('iframe').getByText('THE GIFT SHOP')).toBeVisible();
    await page.getByRole('link', { name: 'Settings', exact: true }).last().click();
    // The pane of the e-mail asks for a topic too, for as long as it stands there.
    await expect(map.pane).toBeHidden();
    await page.getByRole('combobox', { name: 'Topic' }).click();
    await page.getByRole('option', { name: 'News and offers of the shop' }).click();
    await expect(page.getByRole('button', { name: 'No errors' })).toBeVisible();
    await page.getByRole('link', { name: 'Map', exact: true }).click();
  });

  await test.step('published', async () => {
    await map.saved();
    await page.getByRole('button', { name: 'Review and publish' }).click();
    const sheet = page.getByRole('dialog', { name: 'Review and publish' });
    await expect(sheet.getByText(/points, each can be reached/)).toBeVisible();
    await expect(sheet.getByText('we-miss-you')).toBeVisible();
    await sheet.getByRole('button', { name: 'Go live' }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await expect(page.getByText('Up to date')).toBeVisible();
  });

  await test.step('an event brings a contact in, who is seen moving within two seconds', async () => {
    const train = page.locator('[style*="offset-path"]').first().waitFor({ state: 'attached' });
    await api.event('Subscribed', { email: 'ines@casa-do-cha.example', firstName: 'Inês' });
    await expect(map.point(/^Wait for activity/)).toContainText('1 waiting', { timeout: LIVE_MS });
    await train;
    await expect(map.point(/^Starting point/)).toContainText('1');

    await api.event('Order Completed', { email: 'ines@casa-do-cha.example' }, { total: 42 });
    await expect(map.point(/^End, Successful/)).toContainText('1', { timeout: LIVE_MS });
    const totals = page.getByRole('region', { name: 'Totals' });
    await expect(totals.getByText('In progress').locator('xpath=..')).toContainText('0');
    await expect(totals.getByText('Successful', { exact: true }).locator('xpath=..')).toContainText('1');
  });

  await test.step('her mail is read in the sandbox', async () => {
    await page.goto('/sandbox');
    await page
      .getByRole('row', { name: /ines@casa-do-cha.example/ })
      .getByRole('link')
      .first()
      .click();
    await expect(page.frameLocator('iframe').getByText('THE GIFT SHOP')).toBeVisible();
  });

  await test.step('who waits is found in the queue, moved on, moved, removed', async () => {
    for (const name of ['Ada', 'Bo', 'Cleo'])
      await api.event('Subscribed', { email: `${name.toLowerCase()}@tea.example`, firstName: name });
    await page.goto('/journeys/tea-letters');
    await map
      .point(/^Wait for activity/)
      .getByRole('button', { name: '3 waiting' })
      .click();
    await map.pane.getByRole('button', { name: 'Save as segment' }).click();
    await expect(page.getByRole('group', { name: 'Contacts who' })).toContainText('is in the journey Tea letters');
    await page.getByRole('button', { name: 'Make live' }).click();
    await expect(page.getByRole('row', { name: /bo@tea.example/ })).toBeVisible();
    await page.goto('/journeys/tea-letters');
    await map
      .point(/^Wait for activity/)
      .getByRole('button', { name: '3 waiting' })
      .click();
    await map.pane.getByRole('textbox', { name: 'Search the queue' }).fill('bo');
    await expect(map.pane.getByRole('listitem')).toHaveCount(1);
    await map.pane.getByRole('checkbox', { name: 'Select Bo' }).check();
    await map.pane.getByRole('button', { name: 'Move on now' }).click();
    await expect(map.pane.getByText('Done for one contact')).toBeVisible();
    await expect(map.point(/^End, Successful/)).toContainText('2');

    await map.pane.getByRole('textbox', { name: 'Search the queue' }).fill('');
    await map.pane.getByRole('checkbox', { name: 'Select Cleo' }).check();
    await map.pane.getByRole('button', { name: 'Move to…' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Point' }).click();
    await page.getByRole('option', { name: 'Unsuccessful' }).click();
    await expect(map.point(/^End, Unsuccessful/)).toContainText('1');

    await map.pane.getByRole('checkbox', { name: 'Select Ada' }).check();
    await map.pane.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(map.pane.getByText('Nobody waits here.')).toBeVisible();
  });

  await test.step('paused, nobody moves; resumed, they go on', async () => {
    await api.event('Subscribed', { email: 'dora@tea.example', firstName: 'Dora' });
    await expect(map.point(/^Wait for activity/)).toContainText('1 waiting');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Pause Tea letters?' });
    await expect(dialog.getByText('1 person is inside.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Pause the journey' }).click();
    await expect(page.getByText('Paused', { exact: true })).toBeVisible();
    await api.pass(24 * 4);
    await expect(map.point(/^Wait for activity/)).toContainText('1 waiting');

    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume the journey' }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await api.pass(24 * 4);
    await expect(map.point(/^End, Unsuccessful/)).toContainText('2');
  });
});
