import { expect, it } from 'vitest';
import { eligibleIf } from './useEligible';

const member = { kind: 'tag' as const, name: 'member' };
const staff = { kind: 'list' as const, name: 'staff' };

it('asks who is eligible and not excluded, as far as either is said', () => {
  expect(eligibleIf({})).toBeUndefined();
  expect(eligibleIf({ eligibility: member })).toEqual(member);
  expect(eligibleIf({ exclusions: staff })).toEqual({ kind: 'not', of: staff });
  expect(eligibleIf({ eligibility: member, exclusions: staff })).toEqual({
    kind: 'all',
    of: [member, { kind: 'not', of: staff }],
  });
});
