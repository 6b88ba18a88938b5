import { expect, expectAccessible, test } from './app';

test('a task is made about a contact, put off, changed, done, taken back and deleted', async ({ page, api }) => {
  const { items } = await api.get<{ items: { id: string; identities: { value: string }[] }[] }>('/api/v1/contacts?userId=17850');
  const contact = items[0]?.id ?? '';
  // Other tests of this server may have moved its clock.
  const { now } = await api.get<{ now: string }>('/api/v1/clock');
  const paris = (instant: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(instant);
  const told = (instant: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', dateStyle: 'medium' }).format(instant);
  const [today, tomorrow] = [Date.parse(now), Date.parse(now) + 86_400_000];
  await page.goto('/tasks');
  await page.getByRole('button', { name: 'New task' }).click();
  const form = page.getByRole('dialog', { name: 'New task' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Say what is to be done.')).toBeVisible();
  await form.getByRole('textbox', { name: 'What is to be done' }).fill('Ask how the lamps arrived');
  await form.getByRole('combobox', { name: 'About whom' }).fill('17850');
  await page.getByRole('option', { name: /17850/ }).click();
  await form.locator('input[type="datetime-local"]').fill(`${paris(today)}T23:59`);
  await form.getByRole('button', { name: 'Save' }).click();

  const dueToday = page.getByRole('region', { name: 'Today' });
  await dueToday.getByRole('button', { name: /^To-do Ask how/ }).click();
  await expectAccessible(page);
  await dueToday.getByRole('button', { name: 'Tomorrow at 9:00' }).click();
  const week = page.getByRole('region', { name: 'Within a week' });
  await expect(week.getByText(`${told(tomorrow)}, 09:00`)).toBeVisible();
  await week.getByRole('button', { name: 'Edit' }).click();
  const change = page.getByRole('dialog', { name: 'Edit the task' });
  await change.getByRole('textbox', { name: 'What is to be done' }).fill('Ask how the lamps shine');
  await change.getByRole('button', { name: 'Save' }).click();

  await week.getByRole('button', { name: 'Done: Ask how the lamps shine' }).click();
  await expect(page.getByText('Ask how the lamps shine', { exact: true })).toHaveCount(0);
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(week.getByText('Ask how the lamps shine')).toBeVisible();

  // It stands on the contact's page too, and is done there.
  await page.goto(`/contacts/${contact}`);
  await page.getByRole('button', { name: 'Done: Ask how the lamps shine' }).click();
  await expect(page.getByRole('button', { name: 'Done: Ask how the lamps shine' })).toHaveCount(0);
  await page.goto('/tasks');
  await page
    .locator('label')
    .filter({ hasText: /^Done$/ })
    .click();
  const done = page.getByRole('region', { name: 'Done' });
  await done.getByText('Ask how the lamps shine').click();
  await expect(done.getByText(`done on ${told(today)}`)).toBeVisible();
  await done.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Nothing has been done yet')).toBeVisible();
});

test('what a journey asks of people stands among the tasks of whoever takes them', async ({ page, api }) => {
  await api.put('/api/v1/journeys/complaints', {
    format: 1,
    id: 'complaints',
    name: 'Complaints',
    start: [{ kind: 'event', id: 'complained', events: ['Complained'], next: 'call' }],
    points: {
      call: {
        kind: 'createTask',
        title: 'Call {{default contact.first_name "them"}} about {{event.about}}',
        task: 'call',
        priority: 'high',
        dueAfter: 'P1D',
        next: 'over',
      },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await api.post('/api/v1/journeys/complaints/publish');
  await api.event('Complained', { email: 'ada@example.org', firstName: 'Ada' }, { about: 'a cup' });
  await page.goto('/tasks');
  await page.locator('label').filter({ hasText: 'Nobody’s yet' }).click();
  const task = page.getByRole('listitem').filter({ hasText: 'Call Ada about a cup' });
  await expect(task).toContainText('Complaints');
  await expect(task).toContainText('High priority');
  await task.getByRole('button', { name: /^Call Call Ada/ }).click();
  await task.getByRole('button', { name: 'I’ll do it' }).click();
  await expect(page.getByText('Call Ada about a cup')).toHaveCount(0);

  await page.locator('label').filter({ hasText: /^Mine/ }).click();
  await expect(task).toBeVisible();
  await page.getByRole('combobox', { name: 'Made by a journey' }).click();
  await page.getByRole('option', { name: 'Win back' }).click();
  await expect(page.getByText('Nothing is waiting for you')).toBeVisible();
});
