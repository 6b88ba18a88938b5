import { beforeEach, expect, it } from 'vitest';
import { recent, remember } from './recent';

beforeEach(() => localStorage.clear());

it('keeps the last five, the latest first, each once', () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) remember({ to: `/${name}`, text: name });

  expect(recent().map(({ text }) => text)).toEqual(['b', 'f', 'e', 'd', 'c']);
});

it('is not led astray by what others wrote there', () => {
  localStorage.setItem('parcours.recent', '[{"to":"https://evil.example","text":"x"}, 7]');

  expect(recent()).toEqual([]);
});
