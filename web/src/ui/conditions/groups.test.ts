import { expect, it } from 'vitest';
import type { Condition } from './condition';
import { prefixesOf } from './groups';

const tag = (name: string): Condition => ({ kind: 'tag', name });

it('counts up to each line, also inside of groups with the lines before them', () => {
  const group = { how: 'all' as const, of: [tag('a'), { kind: 'any' as const, of: [tag('b'), tag('c')] }, tag('d')] };
  const prefixes = new Map(prefixesOf(group).map(({ path, condition }) => [path, condition]));
  expect([...prefixes.keys()]).toEqual(['0', '1.0', '1.1', '1', '2']);
  expect(prefixes.get('0')).toEqual(tag('a'));
  expect(prefixes.get('1.0')).toEqual({ kind: 'all', of: [tag('a'), { kind: 'any', of: [tag('b')] }] });
  expect(prefixes.get('1.1')).toEqual({ kind: 'all', of: [tag('a'), { kind: 'any', of: [tag('b'), tag('c')] }] });
  expect(prefixes.get('2')).toEqual({ kind: 'all', of: group.of });
});

it('counts nothing where there is one line, which is the whole', () => {
  expect(prefixesOf({ how: 'all', of: [tag('a')] })).toEqual([]);
  expect(prefixesOf({ how: 'all', of: [] })).toEqual([]);
});
