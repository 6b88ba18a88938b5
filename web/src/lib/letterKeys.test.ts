import { beforeEach, expect, it } from 'vitest';
import { letterKeysOn, switchLetterKeys } from './letterKeys';

beforeEach(() => localStorage.clear());

it('are on until somebody switches them off, and stay so', () => {
  expect(letterKeysOn()).toBe(true);
  switchLetterKeys(false);
  expect(letterKeysOn()).toBe(false);
  switchLetterKeys(true);
  expect(letterKeysOn()).toBe(true);
});
