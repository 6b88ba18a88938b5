import { useMemo } from 'react';
import type { ConditionScope } from '@/ui/conditions/ConditionBuilder';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey, StartingPoint } from '../definition/journey';
import { startingEvents } from './sampleEvent';

export function messagesOf(journey: Journey, telling: Telling): { id: string; name: string }[] {
  return Object.entries(journey.points).flatMap(([id, point]) =>
    point.kind === 'sendEmail' ? [{ id, name: telling.pointName(id) }] : [],
  );
}

/** Inside a journey conditions may also ask the event that started the trip, and what became of its messages. */
export function useScope(journey: Journey, telling: Telling): ConditionScope {
  return useMemo(
    () => ({
      kinds: ['property', 'event', 'message', 'lastMessages', 'tag', 'list', 'segment', 'journey', 'field', 'consent', 'time'],
      messages: messagesOf(journey, telling),
      events: startingEvents(journey.start),
    }),
    [journey, telling],
  );
}

/** At the entrance nothing has been sent yet. */
export const entranceScope: ConditionScope = {
  kinds: ['property', 'event', 'lastMessages', 'tag', 'list', 'segment', 'journey', 'field', 'consent', 'time'],
};
export const entranceScopeOf = (start: StartingPoint): ConditionScope => ({ ...entranceScope, events: startingEvents([start]) });
