// @vitest-environment node
import { expect, it } from 'vitest';
import { instantOf, localOf } from './localTimes';

it('shows and takes times in the time zone of the journey', () => {
  expect(localOf('2026-07-01T08:00:00Z', 'Europe/Paris')).toBe('2026-07-01T10:00');
  expect(instantOf('2026-07-01T10:00', 'Europe/Paris')).toBe('2026-07-01T08:00:00Z');
  expect(instantOf('2026-12-01T10:00', 'Europe/Paris')).toBe('2026-12-01T09:00:00Z');
  expect(instantOf('2026-12-01T10:00', undefined)).toBe('2026-12-01T10:00:00Z');
});
