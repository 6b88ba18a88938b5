// @vitest-environment node
import { expect, it } from 'vitest';
import type { Reason } from '@/api/problem';
import { areaOf, checksOf } from './checks';

const problem = (code: string, path = '', severity = 'error'): Reason => ({
  code,
  path,
  severity,
  text: '',
  point: null,
  arguments: null,
});

it.each([
  ['point.unreachable', '/points/a', 'map'],
  ['condition.type', '/points/a/condition', 'conditions'],
  ['reference.content', '/points/a/content', 'messages'],
  ['topic.missing', '/points/a/topic', 'messages'],
  ['reference.segment', '/start/0/segment', 'names'],
  ['condition.segment.unknown', '/settings/goal', 'names'],
  ['settings.end-before-start', '/settings/endsAt', 'settings'],
  ['zone.unknown', '/settings/timeZone', 'settings'],
])('%s at %s belongs to %s', (code, path, area) => {
  expect(areaOf({ code, path })).toBe(area);
});

it('lists each part, also where nothing was found, with errors before warnings', () => {
  const checks = checksOf([problem('target.none', '/points/a', 'warning'), problem('target.missing', '/points/b')]);

  expect(checks.map(({ area, problems }) => [area, problems.length])).toEqual([
    ['map', 2],
    ['conditions', 0],
    ['messages', 0],
    ['names', 0],
    ['settings', 0],
  ]);
  expect(checks[0]?.problems[0]?.code).toBe('target.missing');
});
