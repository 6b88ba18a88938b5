import type { Condition, EventCondition, PropertyCondition } from './condition';
import { type Leaf, shapeOf, type TokenKind } from './phrases';

/** Whether a part of the sentence still has to be said. */
export function isMissing(kind: TokenKind, leaf: Leaf): boolean {
  switch (kind) {
    case 'name':
      return leaf.kind === 'journey' ? leaf.journey === '' : 'name' in leaf && leaf.name === '';
    case 'events':
      return leaf.kind === 'event' && leaf.events.length === 0;
    case 'point':
      return leaf.kind === 'message' && leaf.point === '';
    case 'topic':
      return leaf.kind === 'consent' && leaf.topic === '';
    case 'property':
      return leaf.kind === 'event' && !leaf.property;
    case 'value':
      return 'value' in leaf && (leaf.value === undefined || leaf.value === '');
    case 'hours':
      return leaf.kind === 'time' && !leaf.days && !(leaf.from && leaf.until);
    case 'values':
      return 'values' in leaf && !leaf.values?.length;
    default:
      return false;
  }
}

/** A condition of which nothing is left to be said, and which can be asked of any contact: its messages and the event that started it are known inside a journey alone. */
export function isAskable(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.length > 0 && condition.of.every(isAskable);
    case 'not':
      return isAskable(condition.of);
    case 'message':
    case 'field':
    case 'time':
      return false;
    case 'event':
      return eventParts(condition).every((part) => !isMissing(part, condition)) && (!condition.where || isWhole(condition.where));
    default:
      return isWhole(condition);
  }
}

/** A filter of events may be empty: then it holds for all of them. */
function isWhole(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.every(isWhole);
    case 'not':
      return isWhole(condition.of);
    case 'property':
    case 'field':
      return !isMissing('name', condition) && comparedParts(condition).every((part) => !isMissing(part, condition));
    case 'tag':
    case 'list':
    case 'segment':
    case 'journey':
      return !isMissing('name', condition);
    case 'consent':
      return !isMissing('topic', condition);
    case 'message':
      return !isMissing('point', condition);
    case 'time':
      return !isMissing('hours', condition);
    case 'lastMessages':
      return condition.count > 0;
    case 'event':
      return isAskable(condition);
    default:
      return condition satisfies never;
  }
}

/** The condition, once it can be asked. */
export function askable(condition: Condition | undefined): Condition | undefined {
  return condition && isAskable(condition) ? condition : undefined;
}

function comparedParts({ is }: Pick<PropertyCondition | EventCondition, 'is'>): TokenKind[] {
  const shape = shapeOf(is ?? 'did');
  return shape === 'value' || shape === 'values' ? [shape] : [];
}

function eventParts(condition: EventCondition): TokenKind[] {
  const of = condition.function ?? 'count';
  const asksProperty = of === 'sum' || of === 'min' || of === 'max' || of === 'distinct';
  return ['events', ...(asksProperty ? (['property'] as const) : []), ...comparedParts(condition)];
}
