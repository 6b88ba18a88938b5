import type { Condition } from './condition';
import { isLeaf, negatable, phraseOf, slotOf, type TokenKind } from './phrases';
import type { Telling } from './telling';
import { listText } from './telling';

/** The plain reading of a condition, as a clause without a full stop. */
export function conditionText(condition: Condition | undefined, telling: Telling): string {
  const { t, language } = telling;
  if (!condition) return t('conditions.empty');
  if (isLeaf(condition)) return leafText(condition, telling, false);
  if (condition.kind === 'not') {
    const inner = condition.of;
    if (isLeaf(inner) && negatable(inner)) return leafText(inner, telling, true);
    return t('conditions.group.noneReads', { parts: conditionText(inner, telling) });
  }
  if (condition.of.length === 0) return t('conditions.empty');
  const parts = condition.of.map((part) => {
    const text = conditionText(part, telling);
    return !isLeaf(part) && part.kind !== 'not' && part.of.length > 1 && condition.of.length > 1
      ? t('conditions.group.inside', { parts: text })
      : text;
  });
  return listText(language, parts, condition.kind === 'all' ? 'conjunction' : 'disjunction');
}

function leafText(leaf: Parameters<typeof phraseOf>[0], telling: Telling, negated: boolean): string {
  const phrase = phraseOf(leaf, telling, negated);
  const slots = Object.fromEntries(Object.entries(phrase.tokens).map(([token, text]) => [slotOf(token as TokenKind), text]));
  const said = telling.t(`conditions.says.${phrase.key}`, { ...slots, count: phrase.count });
  if (leaf.kind !== 'event' || !leaf.where) return said;
  return telling.t('conditions.says.where', { event: said, where: conditionText(leaf.where, telling) });
}
