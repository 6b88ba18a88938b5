import { expect, test } from './app';
import { JourneyMap } from './map';

test('several points are moved, copied and deleted by mouse, on the map and in the outline', async ({ page, api }) => {
  await api.put('/api/v1/journeys/several', {
    format: 1,
    id: 'several',
    name: 'Several',
    start: [{ kind: 'hand', id: 'in', next: 'one' }],
    points: {
      one: { kind: 'addTag', tag: 'one', next: 'two' },
      two: { kind: 'addTag', tag: 'two', next: 'three' },
      three: { kind: 'addTag', tag: 'three', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
    map: { notes: [{ id: 'n', near: 'two', text: 'Ask Marco', at: '2026-03-02T09:00:00Z' }] },
  });
  await page.goto('/journeys/several');
  const map = new JourneyMap(page);
  const bar = page.getByRole('toolbar', { name: 'Selected points' });

  await test.step('on the map', async () => {
    await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible();
    await page.getByRole('switch', { name: 'Notes' }).click();
    await expect(page.getByRole('textbox', { name: 'Note' })).toBeHidden();
    await map.point(/^Add tag, one/).click();
    await map.point(/^Add tag, two/).click({ modifiers: ['Shift'] });
    await expect(bar).toContainText('2 points');
    await bar.getByRole('button', { name: 'Move to…' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'After' }).click();
    await page.getByRole('option', { name: 'three', exact: true }).click();
    expect((await map.names()).filter((name) => name.startsWith('Add tag'))).toEqual([
      'Add tag, three',
      'Add tag, one',
      'Add tag, two',
    ]);
  });

  await test.step('in the outline', async () => {
    await map.look('Outline');
    await map.point(/^Add tag, three/).hover();
    await page.getByRole('button', { name: 'Add after three' }).click();
    await map.panel.getByRole('combobox', { name: 'Search points' }).fill('delay');
    await page.keyboard.press('Enter');
    await expect(map.point(/^Delay/)).toBeVisible();
    await map.pane.getByRole('button', { name: 'Close' }).click();
    await map.point(/^Add tag, one/).click();
    await map.point(/^Add tag, two/).click({ modifiers: ['Control'] });
    await bar.getByRole('button', { name: 'Delete' }).click();
    await expect(map.point(/^Add tag/)).toHaveCount(1);
  });
});

test('a journey is paused from the search, which asks as its button does', async ({ page, api }) => {
  await api.put('/api/v1/journeys/pausable', {
    format: 1,
    id: 'pausable',
    name: 'Summer letters',
    start: [{ kind: 'event', id: 'in', events: ['Signed Up'], next: 'over' }],
    points: { over: { kind: 'end', outcome: 'completed' } },
  });
  await api.post('/api/v1/journeys/pausable/publish');
  await page.goto('/settings/topics');
  await expect(page.getByRole('row', { name: /shop-news/ })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('pause summer');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause Summer letters' }).click();
  const question = page.getByRole('dialog', { name: 'Pause Summer letters?' });
  await question.getByRole('button', { name: 'Pause the journey' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
});

test('a contact’s page shows where on the line they stand, and their days by kind; letters open what is asked most', async ({
  page,
  api,
}) => {
  await api.put('/api/v1/journeys/kettle', {
    format: 1,
    id: 'kettle',
    name: 'Kettle',
    start: [{ kind: 'event', id: 'in', events: ['Kettle Bought'], next: 'tagged' }],
    points: {
      tagged: { kind: 'addTag', tag: 'kettle', next: 'wait' },
      wait: { kind: 'delay', for: 'P7D', name: 'A quiet week', next: 'thanks' },
      thanks: { kind: 'addTag', tag: 'thanked', name: 'Thanked', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await api.post('/api/v1/journeys/kettle/publish');
  await api.event('Kettle Bought', { email: 'hedda@tea.example', firstName: 'Hedda' });
  const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/contacts?email=hedda@tea.example');
  await page.goto(`/contacts/${items[0]?.id}`);

  const line = page.getByRole('list', { name: 'On the line' });
  await expect(line.locator('[aria-current="step"]')).toContainText('A quiet week');
  await expect(line.getByText('Thanked')).toBeVisible();

  const life = page.getByRole('region', { name: 'What happened' });
  await expect(life.getByText('Kettle Bought')).toBeVisible();
  await life.getByText('Journeys', { exact: true }).click();
  await expect(life.getByText('Kettle Bought')).toHaveCount(0);

  await page.locator('h1').click();
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: 'Tag' })).toBeVisible();
  // The first closes what is offered, the second the dialog.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Tag' })).toBeHidden();
  await page.keyboard.press('y');
  await expect(page.getByRole('dialog', { name: /Why/ })).toBeVisible();
});
