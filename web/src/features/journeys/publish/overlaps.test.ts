import { expect, it } from 'vitest';
import type { Journey } from '../definition/journey';
import { overlapsOf } from './overlaps';

const journey = (id: string, ...start: unknown[]) => ({ format: 1, id, name: id, start, points: {} }) as unknown as Journey;
const other = (id: string, status: string, ...start: unknown[]) =>
  ({ id, name: id.toUpperCase(), status, definition: journey(id, ...start) }) as never;
const list = (name: string) => ({ kind: 'listEntered', id: 'in', list: name });
const event = (...events: string[]) => ({ kind: 'event', id: 'ordered', events });

it('names journeys that run and begin with the same list or event, each once', () => {
  const mine = journey('mine', list('news'), event('Order Completed', 'Signed Up'));
  const others = [
    other('a', 'live', list('news'), event('Signed Up')),
    other('b', 'paused', event('Signed Up')),
    other('c', 'live', list('wholesale')),
    other('d', 'draft', list('news')),
    other('e', 'ended', list('news')),
    other('mine', 'live', list('news')),
  ];

  expect(overlapsOf(mine, others)).toEqual([
    { id: 'a', name: 'A', start: 'in' },
    { id: 'b', name: 'B', start: 'ordered' },
  ]);
});

it('has nothing to compare where people come by hand', () => {
  expect(overlapsOf(journey('mine', { kind: 'hand', id: 'in' }), [other('a', 'live', { kind: 'hand', id: 'in' })])).toEqual([]);
});
