import { expect, expectAccessible, test } from './app';

test('content is written in two languages, checked, and previewed', async ({ page }) => {
  await page.goto('/content');
  await page.getByRole('button', { name: 'New e-mail' }).click();
  await page.getByLabel('Name').fill('tea-letter');
  await page.getByLabel('Subject').fill('A letter about tea');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'tea-letter' })).toBeVisible();
  await expect(page.frameLocator('iframe').getByText('Hello there,')).toBeVisible();

  await page.getByLabel('HTML').fill('<p>Dear {{contact.first_name</p>');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('It was not saved');

  await page.getByLabel('HTML').fill('<p>Dear {{default contact.first_name "friend"}}</p>');
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByLabel('Subject').fill('Une lettre sur le thé');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The e-mail is saved')).toBeVisible();
  await expect(page.getByText('Une lettre sur le thé')).toBeVisible();
  await expect(page.frameLocator('iframe').getByText('Dear friend')).toBeVisible();
  await expectAccessible(page);
});

test('the sandbox mailbox shows each mail as its recipient would see it', async ({ page }) => {
  await page.goto('/sandbox');
  await expectAccessible(page);
  await page.getByRole('row').nth(1).getByRole('link').click();

  await expect(page.frameLocator('iframe').locator('body')).toContainText('THE GIFT SHOP');
  await page.getByRole('tab', { name: 'Headers' }).click();
  await expect(page.getByText(/List-Unsubscribe/).first()).toBeVisible();
});

test('quiet hours and holidays are set, told in words, and taken back', async ({ page }) => {
  await page.goto('/settings/quiet');
  await page.getByRole('button', { name: 'New quiet hours' }).click();
  const hours = page.getByRole('dialog');
  await hours.getByLabel('Name', { exact: true }).fill('rest days');
  await hours.getByLabel('Countries').click();
  await page.getByRole('option', { name: 'France' }).click();
  await page.keyboard.press('Escape');
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']) await hours.getByText(day, { exact: true }).click();
  await hours.getByLabel('Public holidays of the contact’s country').check();
  await hours.getByLabel('The whole day').check();
  await expectAccessible(page);
  await hours.getByRole('button', { name: 'Save' }).click();
  await expect(
    page.getByRole('row', { name: /rest days.*Sun and public holidays · the whole day · marketing.*France/ }),
  ).toBeVisible();

  await page.getByRole('button', { name: 'Actions for Italy' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const calendar = page.getByRole('dialog');
  await calendar.getByRole('button', { name: 'Add a day' }).click();
  await calendar.getByLabel('Name of day 14').fill('Sant’Ambrogio');
  await calendar.getByLabel('When day 14 is').fill('13-07');
  await calendar.getByRole('button', { name: 'Save' }).click();
  await expect(calendar.getByText(/Write 12-25 for each year/)).toBeVisible();
  await calendar.getByLabel('When day 14 is').fill('12-07');
  await calendar.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Italy.*14.*changed/ })).toBeVisible();

  // Other tests of this server send what they send.
  await page.getByRole('button', { name: 'Actions for Italy' }).click();
  await page.getByRole('menuitem', { name: 'Back to the original' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back to the original' }).click();
  await expect(page.getByRole('row', { name: /Italy.*13/ })).toBeVisible();
  await page.getByRole('button', { name: 'Actions for rest days' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No quiet hours')).toBeVisible();
});

test('properties, topics, frequency caps, users and keys have their pages', async ({ page }) => {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'New property' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('favourite_tea');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /favourite_tea/ })).toBeVisible();

  await page.getByRole('link', { name: 'Topics' }).click();
  await expect(page.getByRole('row', { name: /shop-news/ })).toBeVisible();

  await page.getByRole('link', { name: 'Frequency caps' }).click();
  await page.getByRole('button', { name: 'New cap' }).click();
  const cap = page.getByRole('dialog');
  await cap.getByLabel('Name', { exact: true }).fill('calm weeks');
  await expectAccessible(page);
  await cap.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /calm weeks.*3 e-mails within 7 days, all topics together/ })).toBeVisible();
  // Other tests of this server send what they send.
  await page.getByRole('button', { name: 'Actions for calm weeks' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No caps')).toBeVisible();

  await page.getByRole('link', { name: 'Users' }).click();
  await expect(page.getByRole('row', { name: /demo@example.org/ })).toBeVisible();

  await page.getByRole('link', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Shop');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByText('The key, shown only now')).toBeVisible();
  await expectAccessible(page);
});
