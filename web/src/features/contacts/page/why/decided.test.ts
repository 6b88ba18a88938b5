// @vitest-environment node
import { expect, it } from 'vitest';
import type { Schemas } from '@/api/client';
import { type Deciding, decidedBy } from './decided';

const vip = { kind: 'tag', name: 'vip' } as const;
const staff = { kind: 'list', name: 'staff' } as const;
const rich = { kind: 'property', name: 'spent', is: 'greaterThan', value: 100 } as const;
const definition: Deciding = {
  settings: { eligibility: vip, exclusions: staff },
  start: [{ id: 'in', filter: rich }, { id: 'other' }],
  points: { rich: { condition: rich }, ways: { paths: [{ name: 'a', condition: vip }, { name: 'b' }] } },
};
const told = { kind: 'all', subject: '', expected: '', actual: '', holds: true, parts: null };
const step = (point: string, edge: string, condition: Schemas['StepView']['condition'] = told): Schemas['StepView'] => ({
  at: '2026-03-02T09:00:00Z',
  version: 1,
  cause: 'x',
  point,
  edge,
  detail: null,
  condition,
});

it('finds the condition of an if/else and of the path that was taken', () => {
  expect(decidedBy(definition, step('rich', 'yes'))).toBe(rich);
  expect(decidedBy(definition, step('ways', 'a'))).toBe(vip);
  expect(decidedBy(definition, step('ways', 'b'))).toBeUndefined();
  expect(decidedBy(definition, step('rich', 'yes', null))).toBeUndefined();
});

it('puts together what did not hold where no path was taken', () => {
  expect(decidedBy(definition, step('ways', 'otherwise'))).toEqual({ kind: 'any', of: [vip] });
});

it('puts together what had to hold at the entrance, in the order of the record', () => {
  expect(decidedBy(definition, step('in', 'entered'))).toEqual({ kind: 'all', of: [vip, { kind: 'not', of: staff }, rich] });
  expect(decidedBy(definition, step('other', 'entered'))).toEqual({ kind: 'all', of: [vip, { kind: 'not', of: staff }] });
});
