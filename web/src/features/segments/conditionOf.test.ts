import { expect, it } from 'vitest';
import { conditionOf } from './conditionOf';

it('takes over what the builder can show, and nothing half typed', () => {
  expect(conditionOf('  ')).toBeUndefined();
  expect(conditionOf('{"kind":"tag","name":"vip"}')).toEqual({ kind: 'tag', name: 'vip' });
  expect(conditionOf('{"kind":"tag","na')).toBe('unreadable');
  expect(conditionOf('{"kind":"tag"}')).toBe('unreadable');
  expect(conditionOf('{"kind":"weather"}')).toBe('unreadable');
  expect(conditionOf('{"kind":"all","of":[{"kind":"tag","name":"vip"},{"kind":"not","of":{"kind":"event","events":"x"}}]}')).toBe(
    'unreadable',
  );
});
