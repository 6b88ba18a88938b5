// @vitest-environment node
import { expect, it } from 'vitest';
import { formats } from '@/lib/formats';
import type { Condition } from './condition';
import { triedOf } from './tried';

const telling = {
  t: (key: string) => key,
  language: 'en',
  formats: formats('en'),
  pointName: (id: string) => id,
  journeyName: (id: string) => id,
};
const leaf = (kind: string, holds: boolean, actual = '') => ({ kind, subject: '', expected: '', actual, holds, parts: null });

it('lays what was found beside each part of the condition, groups inside groups', () => {
  const condition: Condition = {
    kind: 'all',
    of: [
      { kind: 'tag', name: 'vip' },
      {
        kind: 'not',
        of: {
          kind: 'any',
          of: [
            { kind: 'list', name: 'a' },
            { kind: 'list', name: 'b' },
          ],
        },
      },
      { kind: 'property', name: 'city', is: 'equals', value: 'Lyon' },
    ],
  };
  const tried = triedOf(
    condition,
    {
      ...leaf('all', false),
      parts: [
        leaf('tag', true),
        { ...leaf('not', true), parts: [{ ...leaf('any', false), parts: [leaf('list', false), leaf('list', false)] }] },
        leaf('property', false, 'Bern'),
      ],
    },
    telling,
  );

  expect(tried.holds).toBe(false);
  expect(tried.parts.map(({ holds }) => holds)).toEqual([true, true, false]);
  expect(tried.parts[1]?.parts[0]?.parts).toHaveLength(2);
  expect(tried.parts[2]?.found).toBe('Bern');
});
