import { expect, test } from './app';
import { JourneyMap } from './map';

test('a journey starts by a schedule and on a date of the contact', async ({ page }) => {
  const map = new JourneyMap(page);
  await page.goto('/journeys/new');
  await page.getByRole('button', { name: /^From scratch/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Digest');
  await page.getByRole('button', { name: 'Draw the map' }).click();

  await test.step('by schedule: every week, on the days that are chosen', async () => {
    await map.panel.getByRole('option', { name: /By schedule/ }).click();
    await map.pane.getByLabel('Day', { exact: true }).fill('2031-03-03');
    await map.pane.getByLabel('At', { exact: true }).fill('08:30');
    await expect(map.point(/Starting point/)).toContainText('3 Mar 2031, 08:30');
    await map.pane.getByRole('combobox', { name: 'Repeats' }).click();
    await page.getByRole('option', { name: 'By weeks' }).click();
    await map.pane.getByText('Thu', { exact: true }).click();
    await expect(map.point(/Starting point/)).toContainText('Every week on Mon and Thu, 08:30');
  });

  await test.step('or by months, on a weekday of the month, for a while', async () => {
    await map.pane.getByRole('combobox', { name: 'Repeats' }).click();
    await page.getByRole('option', { name: 'By months' }).click();
    await map.pane.getByText('A weekday', { exact: true }).click();
    await map.pane.getByRole('combobox', { name: 'Which' }).click();
    await page.getByRole('option', { name: 'last', exact: true }).click();
    await map.pane.getByRole('combobox', { name: 'Ends' }).click();
    await page.getByRole('option', { name: 'After so many times' }).click();
    await map.pane.getByLabel('Times', { exact: true }).fill('3');
    await expect(map.point(/Starting point/)).toContainText('Every month, last Monday, 08:30');
  });

  await test.step('it says who comes in', async () => {
    await map.pane.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('menuitem', { name: 'Tag', exact: true }).click();
    await map.pane.getByRole('button', { name: /^Name:/ }).click();
    await page.getByRole('dialog').getByRole('combobox').fill('reader');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await map.add('at the end of line A', 'tag');
    await map.pane.getByRole('combobox', { name: 'Tag' }).fill('had-digest');
  });

  await test.step('another starting point: a birthday', async () => {
    await page.keyboard.press('Escape');
    await map.plus('at the end of line A').click();
    await map.panel.getByRole('option', { name: /A date comes/ }).click();
    await map.pane.getByRole('combobox', { name: 'Property with the date' }).fill('born_on');
    await map.pane.getByRole('switch', { name: 'Every year' }).click();
    await expect(map.pane.getByText('29 February falls on 1 March')).toBeVisible();
    await expect(map.point(/born_on/)).toContainText('every year');
  });

  await test.step('the review says when it comes next', async () => {
    await map.saved();
    await page.getByRole('button', { name: 'Review and publish' }).click();
    await expect(page.getByRole('dialog').getByText(/Comes next 31 Mar 2031, 08:30; 0 contacts match now/)).toBeVisible();
  });
});
