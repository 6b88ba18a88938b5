import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveStore, type Statistics, trainsMax, update, widthOf } from './liveStore';

const starts = [{ id: 'signed-up', next: 'wait' }];

/** Numbers of a journey in which so many have left the wait. */
function statistics(left: Record<string, number>): Statistics {
  return {
    started: 10,
    points: [{ point: 'wait', arrived: 10, waiting: 4, left }],
  } as unknown as Statistics;
}

describe('trains', () => {
  let now = 0;
  beforeEach(() => {
    now = 1_000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });

  it('ride where somebody passed since the numbers before, and none at the first', () => {
    const store = createLiveStore();
    update(store, statistics({ next: 3 }), starts);
    expect(store.getState().trains).toEqual([]);

    update(store, statistics({ next: 4, timeout: 0 }), starts);
    expect(store.getState().trains.map(({ key }) => key)).toEqual(['wait/next']);
  });

  it('that nobody sees arrive make room again: their stretch is not drawn, or nothing may move', () => {
    const store = createLiveStore();
    const edges = (people: number) =>
      statistics(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`edge${at}`, people])));
    update(store, edges(1), starts);
    update(store, edges(2), starts);
    expect(store.getState().trains).toHaveLength(trainsMax);

    now += 1_000;
    update(store, edges(3), starts);
    expect(store.getState().trains).toHaveLength(trainsMax);

    now += 5_000;
    update(store, statistics({ edge1: 4 }), starts);
    expect(store.getState().trains.map(({ key }) => key)).toEqual(['wait/edge1']);
  });
});

it('draws the busiest stretch 18 px wide, a quiet one at least 3, and an empty one faintly', () => {
  expect(widthOf(500, 500)).toEqual({ width: 18, empty: false });
  expect(widthOf(250, 500)).toEqual({ width: 9, empty: false });
  expect(widthOf(1, 500)).toEqual({ width: 3, empty: false });
  expect(widthOf(0, 500)).toEqual({ width: 2, empty: true });
});
