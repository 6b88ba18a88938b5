import { expect, test } from './app';

test('a journey tells its users: the bell counts, and leads to whom it is about', { tag: '@check' }, async ({ page, api }) => {
  await api.put('/api/v1/journeys/big-orders', {
    format: 1,
    id: 'big-orders',
    name: 'Big orders',
    start: [{ kind: 'event', id: 'asked', events: ['Offer Asked'], next: 'tell' }],
    points: {
      tell: { kind: 'notify', text: 'Wants {{event.pieces}} teapots: worth a call', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });
  await api.post('/api/v1/journeys/big-orders/publish');
  // Other tests tell too.
  await api.post('/api/v1/me/notifications/read');
  await page.goto('/journeys');
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();

  await api.event('Offer Asked', { email: 'grace@example.org', firstName: 'Grace' }, { pieces: 200 });
  await expect(page.getByText('Grace: Wants 200 teapots: worth a call')).toBeVisible();
  await page.getByRole('button', { name: 'Notifications: 1 new, 0 running' }).click();
  const drawer = page.getByRole('dialog', { name: 'Notifications' });
  await expect(drawer.getByText('Wants 200 teapots: worth a call')).toBeVisible();

  await drawer.getByRole('link', { name: 'Grace' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Grace' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
});
