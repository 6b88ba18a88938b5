// @vitest-environment node
import { expect, it } from 'vitest';
import type { Journey } from '../definition/journey';
import { holdsOf } from './holds';

type Caps = Parameters<typeof holdsOf>[1];
type Quiets = Parameters<typeof holdsOf>[2];

const cap = (id: string, topic?: string) => ({ id, value: { most: 3, within: 'P7D', topic } }) as Caps[number];
const quiet = (id: string, purpose: 'marketing' | 'all') =>
  ({ id, value: { from: '21:00', until: '08:00', purpose } }) as Quiets[number];

const journey = {
  format: 1,
  id: 'j',
  name: 'J',
  settings: { email: { topic: 'news', window: { from: '09:00', until: '18:00' } } },
  start: [],
  points: {
    a: { kind: 'sendEmail', content: 'a', whenCapped: 'skip' },
    b: { kind: 'sendEmail', content: 'b', topic: 'offers', window: {} },
    c: { kind: 'sendEmail', content: 'c', purpose: 'transactional' },
    d: { kind: 'delay', for: 'P1D' },
  },
} as Journey;

const told = (caps: Caps, quiets: Quiets) =>
  holdsOf(journey, caps, quiets).map(({ of, waits, skips }) => `${of} ${waits} ${skips}`);

it('counts marketing of the topic for a cap, and what its author said of it', () => {
  expect(told([cap('all'), cap('news', 'news'), cap('other', 'none')], [])).toEqual(['cap 1 1', 'cap 0 1', 'window 2 0']);
});

it('counts transactional mail only for quiet hours that hold everything', () => {
  expect(told([], [quiet('night', 'marketing'), quiet('always', 'all')])).toEqual(['quiet 2 0', 'quiet 3 0', 'window 2 0']);
});

it('says nothing where nothing is held back', () => {
  expect(holdsOf({ ...journey, settings: {}, points: {} }, [cap('all')], [quiet('night', 'all')])).toEqual([]);
});
