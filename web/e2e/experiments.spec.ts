import { expect, expectAccessible, test } from './app';
import { JourneyMap } from './map';

const id = 'subject-lines';
const definition = {
  format: 1,
  id,
  name: 'Subject lines',
  settings: { reEntry: { kind: 'afterLeaving' } },
  start: [{ kind: 'event', id: 'joined', events: ['Joined Trial'], next: 'test' }],
  points: {
    test: {
      kind: 'experiment',
      paths: [
        { name: 'Plain', share: 50, next: 'plain' },
        { name: 'Bold', share: 50, next: 'bold' },
      ],
      goal: { kind: 'event', events: ['Paid Trial'] },
      within: 'P3D',
      holdOut: 10,
      onHoldOut: 'over',
      leastPeople: 10,
      leastTime: 'P1D',
    },
    plain: { kind: 'addTag', tag: 'plain', next: 'over' },
    bold: { kind: 'addTag', tag: 'bold', next: 'over' },
    over: { kind: 'end', outcome: 'completed' },
  },
};

test('an experiment is set up, watched, and decided by hand', async ({ page, api }) => {
  const map = new JourneyMap(page);
  await api.put(`/api/v1/journeys/${id}`, definition);

  await test.step('its form asks for lines, a goal, a hold-out and when there may be a winner', async () => {
    await page.goto(`/journeys/${id}`);
    await map.point(/^Experiment, Plain 50/).click();
    const pane = map.pane;
    await expect(pane.getByText('Base', { exact: true })).toBeVisible();
    await expect(pane.getByRole('switch', { name: 'Hold some people out' })).toBeChecked();
    await expect(pane.getByRole('radio', { name: 'I choose, in the live view' })).toBeChecked();
    await expect(map.point(/^Experiment, Plain 50/)).toContainText('Paid Trial, within 3 days');
    await expectAccessible(page);
  });

  await api.post(`/api/v1/journeys/${id}/publish`);
  for (let person = 0; person < 40; person++) {
    const email = `p${person}@trial.example`;
    await api.event('Joined Trial', { email });
    if (person % 4 === 0) await api.event('Paid Trial', { email });
  }

  const results = map.pane;
  await test.step('its results say how sure they are, and whether there are enough people', async () => {
    await page.goto(`/journeys/${id}`);
    await map.point(/^Experiment, Plain 50/).click();
    await expect(results.getByRole('tab', { name: 'Results' })).toHaveAttribute('aria-selected', 'true');
    await expect(results.getByText(/Not enough people yet|too short a time/)).toBeVisible();
    await expect(results.getByText(/It may be chance/).first()).toBeVisible();
    await expect(results.getByRole('heading', { name: 'Held out' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a person chooses the winner, is told what it means, and takes it back', async () => {
    await results.getByRole('button', { name: 'Make Bold the winner' }).click();
    const question = page.getByRole('dialog', { name: 'Make “Bold” the winner?' });
    await expect(question).toContainText('the difference may be chance');
    await question.getByRole('button', { name: 'Make it the winner' }).click();
    await expect(results.getByText('“Bold” is the winner')).toBeVisible();
    await expectAccessible(page);
    await api.event('Joined Trial', { email: 'late@trial.example' });
    await results.getByRole('button', { name: 'Take the winner back' }).click();
    await expect(results.getByText('“Bold” is the winner')).toBeHidden();
  });
});
