import { expect, test } from './app';
import { JourneyMap } from './map';

test('shares and the entry rate are set while the journey runs, and the history tells who did it', async ({ page, api }) => {
  await api.put('/api/v1/journeys/halves', {
    format: 1,
    id: 'halves',
    name: 'Halves',
    settings: { entryRate: { most: 5, per: 'hour' } },
    start: [{ kind: 'event', id: 'in', events: ['Half Begun'], next: 'half' }],
    points: {
      half: {
        kind: 'split',
        name: 'Two ways',
        paths: [
          { name: 'Short', share: 70, next: 'over' },
          { name: 'Long', share: 30, next: 'over' },
        ],
      },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await api.post('/api/v1/journeys/halves/publish');
  await page.goto('/journeys/halves');
  const map = new JourneyMap(page);

  await test.step('the shares of a split', async () => {
    await map.open(/Two ways/);
    await map.pane.getByRole('tab', { name: 'Shares' }).click();
    await map.pane.getByLabel('Short').fill('10');
    const save = map.pane.getByRole('button', { name: 'Set from now on' });
    await expect(save).toBeDisabled();
    await map.pane.getByLabel('Long').fill('90');
    await save.click();
    await expect(map.pane.getByText('30 % as published')).toBeVisible();
    await expect(map.pane.getByText(/^set /)).toBeVisible();
    await map.pane.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the entry rate', async () => {
    await map.open(/Half Begun/);
    await expect(map.pane.getByText('5, hour')).toBeVisible();
    await map.pane.getByRole('button', { name: 'Change' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set the entry rate' });
    await dialog.getByLabel('Contacts at most').fill('9');
    await dialog.getByRole('button', { name: 'Set from now on' }).click();
    await expect(map.pane.getByText('9, hour')).toBeVisible();
  });

  await test.step('the history, under the same version', async () => {
    await page.goto('/journeys/halves/versions');
    const set = page.getByRole('region', { name: 'Set while it ran' });
    await expect(set.getByRole('listitem')).toHaveCount(2);
    await expect(set).toContainText('“Two ways”: Short 10 % · Long 90 %');
    await expect(page.getByText('Version 2')).toHaveCount(0);
  });
});
