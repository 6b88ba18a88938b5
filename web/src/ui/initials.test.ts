import { expect, it } from 'vitest';
import { initials, toneOf } from './initials';

it.each([
  ['Élise Garnier', 'ÉG'],
  ['giulia.ferraro@posta.example', 'GF'],
  ['Ada', 'A'],
  ['Anna Maria van der Berg', 'AB'],
  ['', '?'],
  ['😀 smile', '😀S'],
])('the initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

it('a name keeps its colour', () => {
  expect(toneOf('Ada')).toBe(toneOf('Ada'));
});
