import { expect, it } from 'vitest';
import { slug } from './slug';

it.each([
  ['Win back lapsed buyers', 'win-back-lapsed-buyers'],
  ['  Été à Lyon : 10 % ', 'ete-a-lyon-10'],
  ['喫茶', 'journey'],
  ['x'.repeat(80), 'x'.repeat(56)],
])('%j becomes %j', (name, expected) => {
  expect(slug(name)).toBe(expected);
});
