import { expect, expectAccessible, test } from './app';
import { JourneyMap } from './map';

test('a pool of codes is made, filled, given by a journey, and tells what is left', async ({ page, api }) => {
  await page.goto('/settings/coupons');
  await page.getByRole('button', { name: 'New pool' }).click();
  const form = page.getByRole('dialog', { name: 'New pool' });
  await form.getByRole('textbox', { name: 'Name' }).fill('spring-10');
  await form.getByRole('textbox', { name: 'Warn when fewer are left' }).fill('2');
  await form.getByRole('button', { name: 'Save' }).click();
  const pool = page.getByRole('row', { name: /^spring-10/ });
  await pool.getByRole('button', { name: 'Add codes' }).click();
  const add = page.getByRole('dialog', { name: 'Add codes to spring-10' });
  await add.getByRole('textbox', { name: 'Codes' }).fill('code\nAAA-1\nAAA-2\nAAA-1\n');
  await add.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(add.getByText('2 codes were added.')).toBeVisible();
  await expect(add.getByText('1 was there already and was left out: AAA-1')).toBeVisible();
  await expectAccessible(page);
  await add.getByRole('button', { name: 'Cancel' }).click();
  await expect(pool).toContainText('2');

  await api.put('/api/v1/journeys/gift', {
    format: 1,
    id: 'gift',
    name: 'Gift',
    settings: { entryRate: { most: 1, per: 'day' } },
    start: [{ kind: 'event', id: 'joined', events: ['Joined'], next: 'first' }],
    points: {
      first: { kind: 'firstN', first: 10, next: 'code', rest: 'over' },
      code: { kind: 'coupon', pool: 'spring-10', next: 'owner', onEmpty: 'over' },
      owner: { kind: 'assignOwner', users: [{ user: 'demo@example.org' }], next: 'call' },
      call: { kind: 'createTask', title: 'Give {{event.coupon}}', next: 'over' },
      over: { kind: 'end', outcome: 'completed' },
    },
  });

  // The forms of the three points, and the journey's setting.
  await page.goto('/journeys/gift');
  const map = new JourneyMap(page);
  await map.open(/^First so many/);
  await map.pane.getByRole('textbox', { name: 'How many' }).fill('20');
  await map.open(/^Give a coupon/);
  await expect(map.pane.getByRole('combobox', { name: 'Pool of codes' })).toHaveValue(/spring-10 · 2 codes left/);
  await expect(map.pane.getByText('{{event.coupon}}')).toBeVisible();
  await map.open(/^Assign owner/);
  await map.pane.getByRole('button', { name: 'Add a user' }).click();
  await expect(map.pane.getByRole('textbox', { name: 'Weight' })).toHaveCount(2);
  await map.pane.getByRole('button', { name: 'Remove 2' }).click();
  await map.saved();

  await api.post('/api/v1/journeys/gift/publish');
  await api.event('Joined', { email: 'one@example.org' }, {});
  await api.event('Joined', { email: 'two@example.org' }, {});
  await page.goto('/tasks');
  await page.locator('label').filter({ hasText: 'Nobody’s yet' }).click();
  await expect(page.getByText('Give AAA-1')).toBeVisible();
  await expect(page.getByText('Give AAA-2')).toHaveCount(0);
  await page.goto('/settings/coupons');
  await expect(page.getByRole('row', { name: /^spring-10/ })).toContainText('Few left');
});
