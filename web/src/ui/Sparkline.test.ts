import { expect, it } from 'vitest';
import { sparkPoints } from './Sparkline';

it('draws days from left to right, the most of them at the top, zero at the bottom', () => {
  expect(sparkPoints([0, 10, 5], 84, 26, 3)).toEqual([
    { x: 3, y: 23 },
    { x: 42, y: 3 },
    { x: 81, y: 13 },
  ]);
});

it('draws nothing where nothing came about', () => {
  expect(sparkPoints([0, 0, 0], 84, 26, 3)).toEqual([]);
  expect(sparkPoints([4], 84, 26, 3)).toEqual([]);
});
