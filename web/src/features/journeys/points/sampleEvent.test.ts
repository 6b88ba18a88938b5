// @vitest-environment node
import { expect, it } from 'vitest';
import { eventLike } from './sampleEvent';

it('makes an event of what was seen, with numbers as numbers and objects inside', () => {
  expect(
    eventLike([
      { name: 'total', type: 'number', values: ['420.5'] },
      { name: 'address.city', type: 'text', values: ['Bern', 'Lyon'] },
      { name: 'gift', type: 'boolean', values: ['True'] },
      { name: 'nothing', type: 'text', values: [] },
    ]),
  ).toEqual({ total: 420.5, address: { city: 'Bern' }, gift: true });
});
