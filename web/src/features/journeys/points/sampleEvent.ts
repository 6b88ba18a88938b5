import type { Schemas } from '@/api/client';
import type { Journey } from '../definition/journey';
import { usual } from './AbandonedStarts';

/** The event that brings most people in: an e-mail may speak of it. */
export function startingEvent(journey: Journey): string | undefined {
  for (const start of journey.start) {
    if (start.kind === 'event' && start.events[0]) return start.events[0];
    if (start.kind === 'cartAbandoned') return start.events?.[0] ?? usual.cart[0];
    if (start.kind === 'browseAbandoned') return start.events?.[0] ?? usual.looks[0];
  }
  return undefined;
}

/** An event's properties as they might come, from those that have come lately. */
export function eventLike(seen: readonly Schemas['SeenView'][]): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const { name, type, values } of seen) {
    const [value] = values;
    if (value === undefined) continue;
    const path = name.split('.');
    const last = path.pop() ?? name;
    let at = event;
    for (const part of path) {
      const inner = at[part];
      if (typeof inner !== 'object' || inner === null) at[part] = {};
      at = at[part] as Record<string, unknown>;
    }
    at[last] = type === 'number' ? Number(value) : type === 'boolean' ? value.toLowerCase() === 'true' : value;
  }
  return event;
}
