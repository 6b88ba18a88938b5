import type { Schemas } from '@/api/client';
import type { Journey, StartingPoint } from '../definition/journey';
import { usual } from './AbandonedStarts';

/** The event that brings most people in: an e-mail may speak of it. */
export function startingEvent(journey: Journey): string | undefined {
  return startingEvents(journey.start)[0];
}

/** The events that bring people in at these starting points. */
export function startingEvents(starts: readonly StartingPoint[]): string[] {
  return starts.flatMap((start) => {
    if (start.kind === 'event') return start.events.filter(Boolean);
    if (start.kind === 'cartAbandoned') return start.events ?? usual.cart;
    if (start.kind === 'browseAbandoned') return start.events ?? usual.looks;
    return [];
  });
}

/** An event's properties as they might come, from those that have come lately. */
export function eventLike(seen: readonly Schemas['SeenView'][]): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const { name, type, values, array } of seen) {
    const [value] = values;
    if (value === undefined) continue;
    put(event, name.split('.'), array?.split('.').length, typed(type, value));
  }
  return event;
}

function typed(type: string, value: string): unknown {
  return type === 'number' ? Number(value) : type === 'boolean' ? value.toLowerCase() === 'true' : value;
}

/** Puts a value at its path; what lies after so many parts is the one item of an array. */
function put(into: Record<string, unknown>, path: readonly string[], arrayAfter: number | undefined, value: unknown) {
  let at = into;
  for (const [index, part] of path.entries()) {
    const isItem = index + 1 === arrayAfter;
    if (index + 1 === path.length) {
      at[part] = isItem ? [value] : value;
      return;
    }
    const held = at[part];
    const inner = isItem && Array.isArray(held) ? held[0] : held;
    const next = typeof inner === 'object' && inner !== null ? inner : {};
    at[part] = isItem ? [next] : next;
    at = next as Record<string, unknown>;
  }
}
