import { expect, test } from 'vitest';
import { nameOf, placesOf } from './places';

test('every place of a body is listed with what stands there', () => {
  expect(placesOf({ id: 7, customer: { 'a/b': 'Ada' }, lines: [{ title: 'Tea' }], none: null })).toEqual([
    { path: '/id', shows: '7' },
    { path: '/customer/a~1b', shows: 'Ada' },
    { path: '/customer', shows: '{…}' },
    { path: '/lines/0/title', shows: 'Tea' },
    { path: '/lines/0', shows: '{…}' },
    { path: '/lines', shows: '[1]' },
  ]);
});

test('a place gives its last part as a name', () => {
  expect([nameOf('/customer/a~1b'), nameOf('customer.email'), nameOf('')]).toEqual(['a/b', 'email', '']);
});

test('long texts are cut, and a long list is not listed whole', () => {
  expect(placesOf({ text: 'x'.repeat(100) })[0]?.shows).toHaveLength(40);
  expect(placesOf(Array.from({ length: 50 }, () => 1))).toHaveLength(3);
});
