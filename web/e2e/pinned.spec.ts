import { expect, test } from './app';
import { JourneyMap } from './map';

test('an e-mail can be pinned: it goes on as it was when the version was published', async ({ page, api }) => {
  await api.put('/api/v1/content/pinned-letter', { subject: 'The first letter', text: 'Hello' });
  await api.put('/api/v1/journeys/pinned', {
    format: 1,
    id: 'pinned',
    name: 'Pinned',
    start: [{ kind: 'event', id: 'in', events: ['Letter Wanted'], next: 'mail' }],
    points: {
      mail: { kind: 'sendEmail', content: 'pinned-letter', purpose: 'transactional', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await page.goto('/journeys/pinned');
  const map = new JourneyMap(page);
  await map.open(/Send e-mail/);
  await map.pane.getByText('Consent, hours, expiry, tracking').click();
  await map.pane.getByRole('switch', { name: 'Send the e-mail as it is at publishing' }).click();
  await map.saved();
  await api.post('/api/v1/journeys/pinned/publish');
  const { revision } = await api.get<{ revision: number }>('/api/v1/content/pinned-letter');
  await api.put(
    '/api/v1/content/pinned-letter',
    { subject: 'The second letter', text: 'Hello' },
    { 'If-Match': `"${revision}"` },
  );

  await api.event('Letter Wanted', { email: 'pia@tea.example' });

  await page.goto('/sandbox');
  await expect(page.getByText('The first letter')).toBeVisible();
  await expect(page.getByText('The second letter')).toHaveCount(0);
});
