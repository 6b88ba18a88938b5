import { expect, it } from 'vitest';
import { type MappedColumn, targetOf, targetsOf } from './targets';

const city = { id: 'city', value: { type: 'text', title: 'City', public: false, unique: false, sensitive: false } } as Parameters<
  typeof targetsOf
>[1]['properties'][number];
const catalogue = { properties: [city], topics: [] };

const mapped = (column: string, becomes: string, type: MappedColumn['type'] = null): MappedColumn => ({
  column,
  becomes,
  type,
  guess: 'sure',
  doubt: null,
  samples: [],
});

it('offers identities, declared properties, and a new one of the column’s name', () => {
  const groups = targetsOf(mapped('Spesa tot.', '-'), catalogue, 'contacts');

  expect(groups.map(({ group }) => group)).toEqual(['other', 'identity', 'who', 'property', 'new']);
  expect(groups.find(({ group }) => group === 'new')?.items[1]).toEqual({ value: 'property:spesa_tot:number', name: 'number' });
});

it('keeps what the server took it for and would not have been offered', () => {
  const [other] = targetsOf(mapped('x', 'consent:sms/*'), { properties: [], topics: [] }, 'contacts');

  expect(other?.items.map(({ value }) => value)).toEqual(['-', 'consent:sms/*']);
});

it('says a declared property by its name, and a new one with its type', () => {
  expect(targetOf(mapped('Città', 'property:city', 'text'), catalogue, 'contacts')).toBe('property:city');
  expect(targetOf(mapped('Stand', 'property:Stand', 'text'), catalogue, 'contacts')).toBe('property:Stand:text');
  expect(targetsOf(mapped('Stand', 'property:Stand', 'text'), catalogue, 'contacts').at(-1)?.items[0]?.value).toBe(
    'property:Stand:text',
  );
});

it('tells a property of the event from that of the contact', () => {
  const groups = targetsOf(mapped('city', 'property:city', 'text'), catalogue, 'events');

  expect(targetOf(mapped('city', 'property:city', 'text'), catalogue, 'events')).toBe('property:city:text');
  expect(groups.find(({ group }) => group === 'property')?.items[0]?.value).toBe('contact:city');
});
