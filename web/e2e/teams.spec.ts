import { expect, test } from './app';

test('a team is made, has a task, and its members find it', async ({ page, api }) => {
  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'New team' }).click();
  const form = page.getByRole('dialog', { name: 'New team' });
  await form.getByLabel('Name').fill('Sales');
  await form.getByRole('combobox', { name: 'Members' }).click();
  await page.getByRole('option').first().click();
  await page.keyboard.press('Tab');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('table', { name: 'Teams' }).getByText('Sales', { exact: true })).toBeVisible();

  await api.put('/api/v1/journeys/offers', {
    format: 1,
    id: 'offers',
    name: 'Offers',
    start: [{ kind: 'event', id: 'asked', events: ['Team Asked'], next: 'task' }],
    points: { task: { kind: 'createTask', title: 'Answer the offer', team: 'Sales' } },
  });
  await api.post('/api/v1/journeys/offers/publish');
  await api.event('Team Asked', { email: 'hedy@example.org', firstName: 'Hedy' });
  await page.goto('/tasks');
  await page.getByText('My teams’', { exact: true }).click();
  await expect(page.getByText('Answer the offer')).toBeVisible();
  await expect(page.getByText('team Sales').first()).toBeVisible();

  await page.goto('/notifications');
  await page.getByText('A task for your team Sales: Answer the offer').waitFor();
  await page.getByRole('link', { name: 'Hedy' }).click();
  await expect(page.getByRole('button', { name: 'I’ll do it' })).toBeVisible();
});

test('which notifications come by mail is chosen in the profile', async ({ page }) => {
  await page.goto('/profile');
  // It is checked when the server has it.
  await page.getByRole('checkbox', { name: 'Tasks that are mine, or my team’s' }).click();
  await expect(page.getByRole('radio', { name: 'At once' })).toBeChecked();
  await page.getByRole('radio', { name: 'Once a day' }).click();
  await expect(page.getByRole('radio', { name: 'Once a day' })).toBeChecked();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Once a day' })).toBeChecked();
});
