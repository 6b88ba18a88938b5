import { weekdays } from '@/lib/weekdays';
import type { Comparison, Condition, EventCondition, PropertyCondition } from './condition';
import { type Leaf, shapeOf } from './phrases';

export type LeafKind = Leaf['kind'];

export function newLeaf(kind: LeafKind): Leaf {
  switch (kind) {
    case 'property':
    case 'field':
      return { kind, name: '', is: 'equals', value: '' };
    case 'tag':
    case 'list':
    case 'segment':
      return { kind, name: '' };
    case 'journey':
      return { kind, journey: '' };
    case 'consent':
      return { kind, channel: 'email', topic: '', is: 'given' };
    case 'event':
      return { kind, events: [], is: 'did', window: { last: 'P30D' } };
    case 'message':
      return { kind, point: '', is: 'opened' };
    case 'lastMessages':
      return { kind, count: 5, is: 'noneOpened' };
    case 'time':
      return { kind, days: weekdays.slice(0, 5), from: '09:00', until: '18:00' };
  }
}

/** Another comparison: keeps what it can still take, and leaves out what it cannot (the check would refuse it). */
export function withComparison<C extends PropertyCondition | EventCondition>(condition: C, is: Comparison | 'did' | 'didNot'): C {
  const { value, values, duration, ...rest } = condition;
  const kept: Record<string, unknown> = { ...rest, is };
  switch (shapeOf(is)) {
    case 'value':
      kept.value = value ?? values?.[0] ?? (condition.kind === 'event' && condition.function === undefined ? 1 : '');
      break;
    case 'values':
      kept.values = values ?? (value === undefined || value === '' ? [] : [value]);
      break;
    case 'between':
      kept.values = values?.length === 2 ? values : typeof value === 'number' ? [value, value] : [0, 0];
      break;
    case 'duration':
      kept.duration = duration ?? 'P30D';
      break;
    case 'none':
      break;
  }
  // Only texts ask for their case, and "did" counts nothing.
  if (is === 'did' || is === 'didNot') {
    delete kept.function;
    delete kept.property;
  }
  return kept as unknown as C;
}

/** Which comparisons make sense for what is compared. */
export function comparisonsFor(condition: PropertyCondition | EventCondition, type: string): (Comparison | 'did' | 'didNot')[] {
  const numbers: Comparison[] = ['equals', 'notEquals', 'greaterThan', 'atLeast', 'lessThan', 'atMost', 'between'];
  if (condition.kind === 'event') {
    const of = condition.function ?? 'count';
    if (condition.is === undefined || condition.is === 'did' || condition.is === 'didNot') return ['did', 'didNot'];
    if (of === 'count' || of === 'sum' || of === 'distinct') return numbers;
    if (of === 'min' || of === 'max') return [...numbers, 'known', 'unknown'];
    if (condition.property === undefined) return ['withinLast', 'longerAgoThan', 'before', 'after', 'known', 'unknown'];
  }
  const times: Comparison[] = [
    'before',
    'after',
    'withinLast',
    'withinNext',
    'longerAgoThan',
    'anniversary',
    'anniversaryWithinNext',
    'equals',
    'known',
    'unknown',
  ];
  const texts: Comparison[] = [
    'equals',
    'notEquals',
    'in',
    'notIn',
    'contains',
    'notContains',
    'startsWith',
    'endsWith',
    'known',
    'unknown',
  ];
  switch (type) {
    case 'number':
      return [...numbers, 'known', 'unknown'];
    case 'boolean':
      return ['equals', 'notEquals', 'known', 'unknown'];
    case 'date':
    case 'dateTime':
      return times;
    case 'text':
      return texts;
    case 'choice':
      return ['equals', 'notEquals', 'in', 'notIn', 'known', 'unknown'];
    case 'choices':
      return ['contains', 'notContains', 'in', 'notIn', 'equals', 'known', 'unknown'];
    default:
      return [
        ...texts.slice(0, 8),
        'greaterThan',
        'atLeast',
        'lessThan',
        'atMost',
        'between',
        'before',
        'after',
        'withinLast',
        'withinNext',
        'longerAgoThan',
        'anniversary',
        'anniversaryWithinNext',
        'known',
        'unknown',
      ];
  }
}

export function withPart<C extends Condition>(condition: C, part: Partial<C>): C {
  const changed = { ...condition, ...part };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)) as unknown as C;
}
