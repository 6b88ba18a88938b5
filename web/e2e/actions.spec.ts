import { expect, expectAccessible, test } from './app';
import { JourneyMap } from './map';

test('an action is declared once and is a point of the panel for everybody', async ({ page, api }) => {
  await page.goto('/settings/actions');
  await page.getByRole('button', { name: 'New action' }).first().click();
  const form = page.getByRole('dialog', { name: 'New action' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).first().fill('crm-note');
  await form.getByRole('textbox', { name: 'Title' }).fill('Note in the CRM');
  await form.getByRole('textbox', { name: 'Address' }).fill('https://crm.example.org/notes/{{contact.user_id}}');
  await form.getByRole('button', { name: 'Add an input' }).click();
  const inputs = form.getByRole('group', { name: 'Inputs' });
  await inputs.getByRole('textbox', { name: 'Name' }).fill('note');
  await inputs.getByRole('textbox', { name: 'What people are asked' }).fill('What to note');
  await inputs.getByRole('checkbox', { name: 'Required' }).check();
  await form.getByRole('button', { name: 'Add an output' }).click();
  const outputs = form.getByRole('group', { name: 'Outputs' });
  await outputs.getByRole('textbox', { name: 'Name' }).fill('level');
  await outputs.getByRole('textbox', { name: 'Where it stands in the answer' }).fill('data');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(outputs.getByText(/a JSON pointer/)).toBeVisible();
  await outputs.getByRole('textbox', { name: 'Where it stands in the answer' }).fill('/data/level');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Note in the CRM/ })).toBeVisible();

  await api.put('/api/v1/journeys/noting', {
    format: 1,
    id: 'noting',
    name: 'Noting',
    start: [{ kind: 'hand', id: 'in', next: 'end' }],
    points: { end: { kind: 'end', outcome: 'completed' } },
  });
  await page.goto('/journeys/noting');
  const map = new JourneyMap(page);
  await map.plus('before .*').first().click();
  await map.panel.getByRole('combobox', { name: 'Search points' }).fill('note in');
  await page.keyboard.press('Enter');
  await expect(map.pane.getByRole('heading', { name: 'Note in the CRM' })).toBeVisible();
  await map.pane.getByRole('textbox', { name: 'What to note' }).fill('Has {{event.total}}');
  await expect(map.pane.getByText('It gives back: crm-note.level')).toBeVisible();
  await map.saved();
  const { definition } = await api.get<{ definition: { points: Record<string, unknown> } }>('/api/v1/journeys/noting');
  expect(Object.values(definition.points)).toContainEqual(
    expect.objectContaining({ kind: 'customAction', action: 'crm-note', inputs: { note: 'Has {{event.total}}' } }),
  );
});
