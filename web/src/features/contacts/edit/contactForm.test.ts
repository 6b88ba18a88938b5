import { expect, it } from 'vitest';
import type { Schemas } from '@/api/client';
import { difference, formOf } from './contactForm';

const contact = {
  id: '1',
  tags: ['customer', 'press'],
  lists: [],
  properties: { city: 'Lyon', orders: 4, likes: ['oolong'] },
  consents: [{ channel: 'email', topic: 'news', state: 'given' }],
} as unknown as Schemas['ContactView'];

it('sends nothing where nothing was changed', () => {
  expect(difference(contact, formOf(contact))).toEqual({});
});

it('sends what was changed alone; an emptied property is cleared', () => {
  const form = formOf(contact);

  expect(
    difference(contact, {
      ...form,
      tags: ['customer', 'tea-club'],
      properties: { ...form.properties, city: '', orders: 5, likes: [] },
      consents: { news: 'refused' },
    }),
  ).toEqual({
    tags: { add: ['tea-club'], remove: ['press'] },
    properties: { city: null, orders: 5, likes: null },
    consents: [{ channel: 'email', topic: 'news', state: 'refused' }],
  });
});
