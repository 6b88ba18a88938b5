import { expect, expectAccessible, test } from './app';

test('all whom a filter finds are counted before anything is done to them, and others are not taken for them', async ({
  page,
}) => {
  await page.goto('/contacts');
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('button', { name: /^Select all 4,3\d\d that match/ }).click();
  await expect(page.getByText(/^4,3\d\d selected, all that match/)).toBeVisible();

  await page.getByRole('searchbox').fill('17850');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByText('50 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Select the 1 that matches' }).click();
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByRole('combobox', { name: 'Tags' }).fill('counted');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add the tags' }).click();
  const asked = page.getByRole('dialog', { name: 'Do this for 1 contact?' });
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Do it for all' }).click();
  await expect(page.getByText('1 contact is changed')).toBeVisible();

  await page.goto('/contacts/tags');
  await page.getByRole('link', { name: '1 contact has counted' }).click();
  await expect(page.getByRole('row', { name: /17850/ })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('a segment tells who is in it and who will join, counts each line of a group, and is written as text', async ({
  page,
  api,
}) => {
  await api.put('/api/v1/segments/sampled', {
    condition: { kind: 'event', events: ['Order Completed'], is: 'did', window: { last: 'P400D' } },
  });
  await page.goto('/segments/sampled');
  await expect(page.getByText(/\d+% of 4,3\d\d/)).toBeVisible();
  await expect(page.getByText('By time alone, in the next 7 days')).toBeVisible();
  const first = await page.getByText('A sample').locator('xpath=../..').getByRole('link').first().textContent();
  await page.getByRole('button', { name: 'Another five' }).click();
  await expect(page.getByText('A sample').locator('xpath=../..').getByRole('link').first()).not.toHaveText(first ?? '');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'As text' }).click();
  await page.getByRole('textbox', { name: 'Contacts who' }).fill(
    JSON.stringify({
      kind: 'all',
      of: [
        { kind: 'event', events: ['Order Completed'], is: 'did', window: { last: 'P400D' } },
        {
          kind: 'any',
          of: [
            { kind: 'tag', name: 'nobody-has-this' },
            { kind: 'property', name: 'country', is: 'known' },
          ],
        },
      ],
    }),
  );
  await page.getByRole('button', { name: 'As a sentence' }).click();
  await expect(page.getByTitle('How many match up to here')).toHaveCount(4);

  const tag = page.getByRole('button', { name: /^Tag: |^Name: nobody-has-this/ }).first();
  await tag.focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('nobody-has-this')).toHaveCount(0);
});

test('what two people changed in the settings is asked there, and Control Z takes a setting back', async ({ page, api }) => {
  const journey = {
    format: 1,
    id: 'two-of-us',
    name: 'Two of us',
    description: 'as it was',
    start: [{ kind: 'hand', id: 'by-hand', next: 'over' }],
    points: { over: { kind: 'end', outcome: 'completed' } },
  };
  const { revision } = await api.put<{ revision: number }>('/api/v1/journeys/two-of-us', journey);
  await page.goto('/journeys/two-of-us/settings');
  const description = page.getByRole('textbox', { name: 'Description' });
  await expect(description).toHaveValue('as it was');
  await api.put('/api/v1/journeys/two-of-us', { ...journey, description: 'theirs' }, { 'If-Match': `"${revision}"` });
  await description.fill('mine');

  const asked = page.getByRole('dialog');
  await expect(asked.getByText('theirs', { exact: true })).toBeVisible();
  await expect(asked.getByText('mine', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(description).toHaveValue('theirs');
  await expect(page.getByText(/^Saved/)).toBeVisible();

  await description.fill('once more');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(description).toHaveValue('theirs');
});

test('unsaved words of an e-mail stay when the server stops to answer', async ({ page, context }) => {
  await page.goto('/content/we-miss-you');
  const subject = page.getByLabel('Subject');
  await subject.fill('Words that nobody saved yet');
  await context.route('**/api/v1/content/we-miss-you', (route) => route.abort('internetdisconnected'));
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await expect(page.getByText(/The server has not answered since/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(subject).toHaveValue('Words that nobody saved yet');
  await expectAccessible(page);
});

test('the sandbox is searched, and tells the journey of each mail', async ({ page }) => {
  await page.goto('/sandbox');
  await expect(page.getByRole('columnheader', { name: 'Journey' })).toBeVisible();
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  await page.getByRole('searchbox').fill('nobody-wrote-this');
  await expect(page.getByText('No mail matches')).toBeVisible();
});
