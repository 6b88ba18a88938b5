import { beforeEach, expect, it } from 'vitest';
import type { Journey } from '../definition/journey';
import { emptyHistory } from '../edit/history';
import { keep, unsaved } from './kept';

beforeEach(() => localStorage.clear());

const journey = (more: Partial<Journey> = {}): Journey =>
  ({ format: 1, id: 'tea', name: 'Tea', start: [], points: {}, ...more }) as Journey;

it('counts what the server has not, part by part, and nothing of a draft that is saved', () => {
  const base = journey();
  const changed = journey({ name: 'Green tea', points: { bye: { kind: 'end', outcome: 'completed' } } });
  keep('tea', { base, journey: changed, revision: 1, history: emptyHistory });
  keep('coffee', { base, journey: base, revision: 1, history: emptyHistory });
  localStorage.setItem('parcours.draft.broken', '{');

  expect(unsaved()).toEqual([{ id: 'tea', changes: 2 }]);
});
