import { expect, it } from 'vitest';
import type { Journey, Point } from '../definition/journey';
import { deciding } from './deciding';

const journey = (point: Partial<Point>, more: Partial<Journey> = {}): Journey =>
  ({ format: 1, id: 'j', name: 'J', start: [], points: { p: point }, ...more }) as Journey;
const tagged = { kind: 'if', condition: { kind: 'tag', name: 'vip' } } as Partial<Point>;

it('stays the same while lines are drawn and points are named, and changes with the condition and with who may enter', () => {
  const asked = deciding(journey(tagged), 'p');

  expect(deciding(journey({ ...tagged, name: 'Regulars?', then: 'q' } as Partial<Point>), 'p')).toBe(asked);
  expect(deciding(journey({ kind: 'if', condition: { kind: 'tag', name: 'new' } } as Partial<Point>), 'p')).not.toBe(asked);
  expect(deciding(journey(tagged, { settings: { eligibility: { kind: 'list', name: 'news' } } }), 'p')).not.toBe(asked);
});

it('asks nothing of points that choose by no contact', () => {
  expect(deciding(journey({ kind: 'delay', for: 'P1D' } as Partial<Point>), 'p')).toBeUndefined();
  expect(deciding(journey({ kind: 'switch', field: 'plan', paths: [] } as Partial<Point>), 'p')).toBeUndefined();
  expect(deciding(journey({}), 'gone')).toBeUndefined();
});
