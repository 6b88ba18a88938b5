import { expect, test } from './app';
import { JourneyMap } from './map';

test('who failed is told with why at the point, and put back where they stood', async ({ page, api }) => {
  const rounds = (after: string) => ({
    format: 1,
    id: 'rounds',
    name: 'Rounds',
    start: [
      { kind: 'event', id: 'in', events: ['Round Begun'], next: 'again' },
      { kind: 'hand', id: 'hand', next: 'rest' },
    ],
    points: {
      again: { kind: 'delay', for: 'PT1M', name: 'A minute', next: 'tag' },
      tag: { kind: 'addTag', tag: 'round', next: after },
      rest: { kind: 'delay', for: 'P30D', name: 'A month', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await api.put('/api/v1/journeys/rounds', rounds('again'));
  await api.post('/api/v1/journeys/rounds/publish');
  await api.event('Round Begun', { email: 'rosa@tea.example', firstName: 'Rosa' });
  await api.event('Round Begun', { email: 'rudi@tea.example', firstName: 'Rudi' });
  // Round and round, until a point has been visited a hundred times.
  await api.pass(2);
  const map = new JourneyMap(page);
  await page.goto('/journeys/rounds');

  await test.step('the total tells who, and why', async () => {
    await page.getByRole('button', { name: 'Who failed: 2' }).click();
    const all = page.getByRole('dialog', { name: 'Failed' });
    await expect(all.getByText(/Visited more than 100 times/)).toHaveCount(2);
    await page.keyboard.press('Escape');
  });

  await test.step('one is put back, and fails again as long as nothing is mended', async () => {
    await map
      .point(/A minute/)
      .getByRole('button', { name: '2 failed here' })
      .click();
    await map.pane.getByRole('checkbox', { name: 'Select Rosa' }).click();
    await map.pane.getByRole('button', { name: 'Put back 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Put back' }).click();
    await expect(map.pane.getByText('One contact was put back')).toBeVisible();
    await expect(map.pane.getByText(/goes on at “A minute”/)).toHaveCount(2);
  });

  await test.step('mended, all of them go on in the version that is live', async () => {
    const { revision } = await api.get<{ revision: number }>('/api/v1/journeys/rounds');
    await api.put('/api/v1/journeys/rounds', rounds('rest'), { 'If-Match': `"${revision}"` });
    await api.post('/api/v1/journeys/rounds/publish');
    await page.goto('/journeys/rounds');
    await map
      .point(/A minute/)
      .getByRole('button', { name: '2 failed here' })
      .click();
    await map.pane.getByRole('button', { name: 'Put back all 2' }).click();
    const question = page.getByRole('dialog', { name: 'Put 2 contacts back?' });
    await expect(question.getByRole('checkbox', { name: 'Go on in version 2, which is live' })).toBeChecked();
    await question.getByRole('button', { name: 'Put back' }).click();
    await expect(map.point(/A month/)).toContainText('2 waiting');
    await expect(page.getByRole('button', { name: /Who failed/ })).toBeHidden();
  });
});

test('one who failed is put back from their own page', async ({ page, api }) => {
  const loop = (after: string) => ({
    format: 1,
    id: 'loop',
    name: 'Loop',
    start: [
      { kind: 'event', id: 'in', events: ['Loop Begun'], next: 'again' },
      { kind: 'hand', id: 'hand', next: 'rest' },
    ],
    points: {
      again: { kind: 'delay', for: 'PT1M', next: after },
      rest: { kind: 'delay', for: 'P30D', name: 'A month', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await api.put('/api/v1/journeys/loop', loop('again'));
  await api.post('/api/v1/journeys/loop/publish');
  await api.event('Loop Begun', { email: 'rita@tea.example', firstName: 'Rita' });
  await api.pass(2);
  const { revision } = await api.get<{ revision: number }>('/api/v1/journeys/loop');
  await api.put('/api/v1/journeys/loop', loop('rest'), { 'If-Match': `"${revision}"` });
  await api.post('/api/v1/journeys/loop/publish');
  const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/contacts?email=rita@tea.example');
  await page.goto(`/contacts/${items[0]?.id}`);

  await page.getByRole('button', { name: 'Put back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put back' }).click();

  await expect(page.getByText(/Waits at A month/)).toBeVisible();
});
