import { expect, it } from 'vitest';
import { daysOf, type Moment } from './timelineDays';
import type { LineKind } from './useTimelineLines';

const moment = (cursor: string, at: string, ...kinds: LineKind[]): Moment => ({
  cursor,
  at,
  lines: kinds.map((kind) => ({ kind, what: kind })),
});
const moments = [moment('3', 'tue 9', 'event', 'journey'), moment('2', 'tue 8', 'note'), moment('1', 'mon 7', 'change')];
const day = (at: string) => at.slice(0, 3);

it('keeps what came about together by day', () => {
  expect(daysOf(moments, day, new Set()).map(({ day, rows }) => [day, rows.map(({ key }) => key)])).toEqual([
    ['tue', ['3.0', '3.1', '2.0']],
    ['mon', ['1.0']],
  ]);
});

it('shows the kinds that are wanted, and no day without them', () => {
  expect(
    daysOf(moments, day, new Set<LineKind>(['journey', 'note'])).map(({ rows }) => rows.map(({ line }) => line.what)),
  ).toEqual([['journey', 'note']]);
});
