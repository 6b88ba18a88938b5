import { describe, expect, it } from 'vitest';
import { readRule, weekdayOf, writeRule } from './recurrence';

describe('a rule', () => {
  it.each([
    'FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=3;COUNT=10',
    'FREQ=WEEKLY;BYDAY=MO,TH',
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231',
    'FREQ=MONTHLY;BYDAY=2TU',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=YEARLY',
  ])('is read and written as it was: %s', (text) => {
    const rule = readRule(text);
    expect(rule && writeRule(rule)).toBe(text);
  });

  it.each([
    'FREQ=HOURLY',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=MO,TU',
    'FREQ=WEEKLY;UNTIL=20261231T090000Z',
    'nonsense',
  ])('that says more than the form shows stays a text: %s', (text) => {
    expect(readRule(text)).toBeUndefined();
  });

  it('knows the weekday of a day', () => {
    expect(weekdayOf('2026-03-02')).toBe('monday');
    expect(weekdayOf('2026-03-08')).toBe('sunday');
  });
});
