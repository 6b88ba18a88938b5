import { expect, it } from 'vitest';
import { sinceOf } from './period';

it('counts today as the first day of a period, from its beginning in UTC', () => {
  expect(sinceOf('today', '2026-03-02T15:30:00Z')).toBe('2026-03-02T00:00:00.000Z');
  expect(sinceOf('week', '2026-03-02T00:00:00Z')).toBe('2026-02-24T00:00:00.000Z');
  expect(sinceOf('all', '2026-03-02T00:00:00Z')).toBeUndefined();
});
