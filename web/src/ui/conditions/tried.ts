import type { Schemas } from '@/api/client';
import type { Condition } from './condition';
import { conditionText } from './conditionText';
import { isGroup } from './groups';
import type { Telling } from './telling';

/** One line of the answer why a condition holds for somebody, or does not. */
export interface Tried {
  text: string;
  holds: boolean;
  /** What was found, where that says more than yes or no. */
  found: string;
  parts: Tried[];
}

/** What the server found, told in the words of the condition: both are trees of one form. */
export function triedOf(condition: Condition, why: Schemas['ExplanationView'], telling: Telling): Tried {
  if (!isGroup(condition)) return { text: conditionText(condition, telling), holds: why.holds, found: foundIn(why), parts: [] };
  const inner =
    condition.kind === 'not' ? [condition.of] : condition.kind === 'all' || condition.kind === 'any' ? condition.of : [];
  return {
    text: telling.t(`conditions.try.${condition.kind === 'not' ? 'none' : condition.kind}`),
    holds: why.holds,
    found: '',
    parts: inner.flatMap((part, at) => {
      const found = why.parts?.[at];
      return found ? [triedOf(part, found, telling)] : [];
    }),
  };
}

/** A condition that is turned round holds its leaf inside. */
function foundIn(why: Schemas['ExplanationView']): string {
  const leaf = why.kind === 'not' ? why.parts?.[0] : why;
  return leaf && (leaf.kind === 'property' || leaf.kind === 'event') ? leaf.actual : '';
}
