import { expect, it } from 'vitest';
import { targetsOf } from './targets';

const city = { id: 'city', value: { type: 'text', title: 'City', public: false, unique: false, sensitive: false } } as Parameters<
  typeof targetsOf
>[2]['properties'][number];

it('offers identities, declared properties, and a new one of the column’s name', () => {
  const groups = targetsOf('Spesa tot.', null, { properties: [city], topics: [] });

  expect(groups.map(({ group }) => group)).toEqual(['other', 'identity', 'who', 'property', 'new']);
  expect(groups.find(({ group }) => group === 'new')?.items[1]).toEqual({ value: 'spesa_tot:number', name: 'number' });
});

it('keeps a guess of the server that it would not have offered', () => {
  const [other] = targetsOf('x', 'consent:sms/*', { properties: [], topics: [] });

  expect(other?.items.map(({ value }) => value)).toEqual(['-', 'consent:sms/*']);
});
