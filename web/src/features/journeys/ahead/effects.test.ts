import { expect, it } from 'vitest';
import { effectAt, sampleOf, together } from './effects';

/** Two of those who come in on a day get the mail at once, and one of these the second mail a day later. */
const ahead = {
  looked: 40,
  asOf: '2026-03-02T09:00:00Z',
  days: [0, 1, 2].map((day) => ({
    day: `2026-03-0${day + 2}`,
    entered: 4,
    effects: [{ point: 'first', day, times: 2 }, ...(day < 2 ? [{ point: 'second', day: day + 1, times: 1 }] : [])],
  })),
};

it('reckons from a sample what so many a day come to, and those who come in at once', () => {
  expect(effectAt(ahead, 'first', { perDay: 100, atOnce: 40 })).toEqual({
    point: 'first',
    times: [70, 50, 50],
    inAll: 170,
    from: 0,
  });
  expect(effectAt(ahead, 'second', { perDay: 100, atOnce: 40 })).toEqual({
    point: 'second',
    times: [0, 35, 25],
    inAll: 60,
    from: 1,
  });
  expect(effectAt(ahead, 'never', { perDay: 100, atOnce: 0 })).toEqual({
    point: 'never',
    times: [0, 0, 0],
    inAll: 0,
    from: undefined,
  });
});

it('adds points up day by day', () => {
  expect(together(['first', 'second'].map((point) => effectAt(ahead, point, { perDay: 100, atOnce: 0 })))).toEqual([50, 75, 75]);
  expect(together([])).toEqual([]);
  expect(sampleOf(ahead)).toBe(12);
});
