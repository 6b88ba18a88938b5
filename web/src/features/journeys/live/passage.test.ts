import { expect, it } from 'vitest';
import type { Journey } from '../definition/journey';
import { passageOf } from './passage';

const journey = {
  start: [],
  points: {
    wait: { kind: 'delay', duration: 'P1D', next: 'fork' },
    fork: {
      kind: 'split',
      paths: [
        { name: 'exit', share: 50 },
        { name: 'B', share: 50 },
      ],
    },
  },
} as unknown as Journey;

it('tells who went on from who left, and the numbers add up', () => {
  const left = { next: 7, timeout: 2, failed: 1, removed: 1, goal: 3, exit: 4, moved: 1, stage: 1 };
  expect(passageOf(journey, 'wait', left)).toEqual({ passed: 9, left: 11 });
});

it('takes a branch for a branch, whatever it is called', () => {
  expect(passageOf(journey, 'fork', { exit: 5, B: 2, removed: 1 })).toEqual({ passed: 7, left: 1 });
});

it('counts by name where the journey is not here yet', () => {
  expect(passageOf(undefined, 'fork', { B: 2, removed: 1 })).toEqual({ passed: 2, left: 1 });
});
