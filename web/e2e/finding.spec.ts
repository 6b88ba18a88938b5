import { expect, test } from './app';
import { JourneyMap } from './map';

test('a ready-made journey is looked at in the gallery and becomes one’s own', async ({ page }) => {
  await page.goto('/journeys/new');
  await page.getByRole('searchbox', { name: 'What should happen?' }).fill('newsletter');
  await page.getByRole('button', { name: /Welcome new subscribers/ }).click();
  const preview = page.getByRole('region', { name: 'Welcome new subscribers' });
  await expect(preview.getByText('Opened the welcome?')).toBeVisible();
  await preview.getByRole('button', { name: 'Use this map' }).click();

  const map = new JourneyMap(page);
  await expect(map.point('Starting point, Joins the newsletter')).toBeVisible();
  await expect(page.getByRole('button', { name: 'No errors' })).toBeVisible();
  await page.getByRole('button', { name: 'Review and publish' }).click();
  await expect(page.getByRole('dialog').getByText(/points, each can be reached/)).toBeVisible();
});

test('the guided set-up draws a map from answers, which is finished on the map', async ({ page }) => {
  await page.goto('/journeys/new');
  await page.getByRole('button', { name: /^Guided set-up/ }).click();
  const drawn = page.getByRole('region', { name: 'Your map so far' });
  await page.getByText('They do something').click();
  await page.getByRole('combobox', { name: 'Which one' }).fill('Order Completed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(drawn.getByText('Order Completed')).toBeVisible();
  await page.getByRole('combobox', { name: 'E-mail' }).click();
  await page.getByRole('option', { name: 'thanks', exact: true }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('Open the e-mail').click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(drawn.getByText('They did it')).toBeVisible();
  await page.getByRole('combobox', { name: 'E-mail' }).click();
  await page.getByRole('option', { name: 'discover', exact: true }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('combobox', { name: 'Topic' }).click();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('Name').fill('Thank and remind');
  await page.getByRole('button', { name: 'Draw the map' }).click();

  const map = new JourneyMap(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Thank and remind' })).toBeVisible();
  await expect(map.point(/^Wait for activity, Opens thanks/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'No errors' })).toBeVisible();
});

test('a segment is said, counted, made live, and fills', async ({ page }) => {
  await page.goto('/segments');
  await page.getByRole('link', { name: 'New segment' }).click();
  await page.getByLabel('Name', { exact: true }).fill('regulars');
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('menuitem', { name: 'Event', exact: true }).click();
  await page.getByRole('button', { name: /^Events:/ }).click();
  await page.getByRole('dialog').getByRole('combobox').fill('Order Completed');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByText(/of 4,3\d\d contacts match now/)).toBeVisible();
  await page.getByRole('button', { name: 'Make live' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'regulars' })).toBeVisible();
  await expect(page.getByText('contacts are in it now')).toBeVisible();
  await expect(page.getByRole('table').getByRole('row').nth(50)).toBeVisible();
});

test('the search finds journeys, points, contacts and commands from anywhere', async ({ page }) => {
  await page.goto('/settings/topics');
  await expect(page.getByRole('row', { name: /shop-news/ })).toBeVisible();
  const search = page.getByRole('dialog');
  const look = async (text: string) => {
    await page.keyboard.press('Control+k');
    await expect(search.locator('input')).toBeFocused();
    await page.keyboard.type(text);
  };
  await look('we-miss');
  await search.getByText('Win back').first().click();
  const map = new JourneyMap(page);
  await expect(map.pane.getByText('we-miss-you').first()).toBeVisible();

  await look('17850');
  await search.getByText('17850').first().click();
  await expect(page.getByRole('heading', { name: 'Journeys' })).toBeVisible();

  await look('import');
  await expect(search.getByText('Lately')).toBeHidden();
  await expect(search.getByRole('button', { name: 'Import a file' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/contacts\/import$/);
});

test('what runs in the background is told and followed', async ({ page }) => {
  await page.goto('/contacts');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('button', { name: 'Select all', exact: false }).click();
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByRole('combobox', { name: 'Tags' }).fill('everybody');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add the tags' }).click();
  await page.getByRole('button', { name: /^Notifications/ }).click();
  const drawer = page.getByRole('dialog', { name: 'Notifications' });
  await expect(drawer.getByText('Change of many contacts').first()).toBeVisible();
  await expect(drawer.getByText(/done · 4,3\d\d/)).toBeVisible();
});
