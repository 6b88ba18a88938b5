import { expect, it } from 'vitest';
import type { Condition } from './condition';
import { isAskable } from './missing';
import { newLeaf } from './newCondition';

const vip: Condition = { kind: 'tag', name: 'vip' };

it.each<[string, Condition, boolean]>([
  ['a tag', vip, true],
  ['a tag without a name', newLeaf('tag'), false],
  ['a comparison without a value', { kind: 'property', name: 'city', is: 'equals', value: '' }, false],
  ['a comparison that takes none', { kind: 'property', name: 'city', is: 'known' }, true],
  ['one of no values', { kind: 'property', name: 'city', is: 'in', values: [] }, false],
  ['an empty group', { kind: 'all', of: [] }, false],
  ['a group with something unfinished in it', { kind: 'any', of: [vip, { kind: 'not', of: newLeaf('segment') }] }, false],
  ['an event without a name', newLeaf('event'), false],
  ['an event', { kind: 'event', events: ['Bought'], is: 'did' }, true],
  ['the sum of nothing', { kind: 'event', events: ['Bought'], function: 'sum', is: 'atLeast', value: 5 }, false],
  ['an event whose filter is unfinished', { kind: 'event', events: ['Bought'], is: 'did', where: newLeaf('field') }, false],
  ['a field of the event that started a journey', { kind: 'field', name: 'total', is: 'atLeast', value: 5 }, false],
  ['what became of a message, which its journey alone knows', { kind: 'message', point: 'hello', is: 'opened' }, false],
])('%s', (_, condition, can) => expect(isAskable(condition)).toBe(can));
