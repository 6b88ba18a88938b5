import type { Condition } from '@/ui/conditions/condition';

/** Whether it is a sound condition the server says; here it must be one that the builder can show. */
export function conditionOf(text: string): Condition | undefined | 'unreadable' {
  if (text.trim() === '') return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return isCondition(read) ? read : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

const needed: Record<string, readonly string[]> = {
  property: ['name', 'is'],
  field: ['name', 'is'],
  tag: ['name'],
  list: ['name'],
  segment: ['name'],
  journey: ['journey'],
  consent: ['channel', 'topic', 'is'],
  event: ['events'],
  lastMessages: ['count', 'is'],
};

function isCondition(value: unknown): value is Condition {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, of, events, where } = value as Record<string, unknown>;
  if (kind === 'all' || kind === 'any') return Array.isArray(of) && of.every(isCondition);
  if (kind === 'not') return isCondition(of);
  const fields = needed[String(kind)];
  return (
    fields?.every((field) => field in value) === true &&
    (kind !== 'event' || (Array.isArray(events) && events.every((one) => typeof one === 'string'))) &&
    (where === undefined || isCondition(where))
  );
}
