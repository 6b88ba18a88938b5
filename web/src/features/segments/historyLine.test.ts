import { expect, it } from 'vitest';
import { historyLine } from './historyLine';

it('draws days as far apart as they are, and zero at the bottom', () => {
  const { line, most, last } = historyLine(
    [
      { day: '2026-03-01', members: 0 },
      { day: '2026-03-02', members: 5 },
      { day: '2026-03-05', members: 10 },
    ],
    90,
  );

  expect(line).toBe('0,38 25,20 100,2');
  expect(most).toBe(10);
  expect(last).toEqual({ x: 100, y: 2 });
});

it('draws an empty segment at the bottom', () => {
  expect(
    historyLine(
      [
        { day: '2026-03-01', members: 0 },
        { day: '2026-03-02', members: 0 },
      ],
      90,
    ).line,
  ).toBe('0,38 100,38');
});
