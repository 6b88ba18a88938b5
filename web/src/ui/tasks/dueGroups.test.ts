import { expect, it } from 'vitest';
import { dueGroup, grouped, tomorrowAtNine } from './dueGroups';

const now = new Date(2026, 2, 2, 15, 30);
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();

it.each([
  [{ due: at(1, 9), overdue: true }, 'overdue'],
  [{ due: at(2, 16), overdue: false }, 'today'],
  [{ due: at(3, 0), overdue: false }, 'week'],
  [{ due: at(8, 23), overdue: false }, 'week'],
  [{ due: at(9, 0), overdue: false }, 'later'],
  [{ due: null, overdue: false }, 'anyTime'],
])('%o stands under %s', (task, group) => {
  expect(dueGroup(task, now)).toBe(group);
});

it('keeps neighbours of a group together', () => {
  const groups = grouped(['a1', 'a2', 'b1'], (item) => (item.startsWith('a') ? 'today' : 'later'));

  expect(groups).toEqual([
    { group: 'today', items: ['a1', 'a2'] },
    { group: 'later', items: ['b1'] },
  ]);
});

it('puts off to when people begin tomorrow', () => {
  expect(tomorrowAtNine(now)).toEqual(new Date(2026, 2, 3, 9));
});
