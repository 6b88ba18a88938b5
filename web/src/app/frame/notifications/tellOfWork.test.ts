import { expect, it } from 'vitest';
import { ended } from './tellOfWork';
import type { Work } from './useWork';

const work = (id: string, status: Work['status'], kind: Work['kind'] = 'import'): Work =>
  ({ id, status, kind, name: id, progress: 0, startedAt: '2026-03-01T00:00:00Z', stoppable: true }) as Work;

it('notices what has ended since the last look, and segments that left the list because they are filled', () => {
  const before = [work('a', 'running'), work('b', 'running'), work('c', 'done'), work('lapsed', 'running', 'segment')];
  const now = [work('a', 'running'), work('b', 'failed'), work('c', 'done')];

  expect(ended(before, now).map(({ id, status }) => [id, status])).toEqual([
    ['b', 'failed'],
    ['lapsed', 'done'],
  ]);
});

it('says nothing at the first look', () => {
  expect(ended(undefined, [work('a', 'done')])).toEqual([]);
});
