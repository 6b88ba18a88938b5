import type { Schemas } from '@/api/client';

interface Stop {
  kind?: string;
  next?: string;
  then?: string;
  paths?: { next?: string }[];
}

export interface Definition {
  points?: Record<string, Stop | undefined>;
}

type Moment = Pick<Schemas['TimelineView'], 'at' | 'journeys'>;

/** Which points an enrolment has left behind, in the order in which it came by, each with when it left; where it stands is none of them. */
export function passedBy(newestFirst: readonly Moment[], enrolment: string, here: string): { point: string; at: string }[] {
  const passed = new Map<string, string>();
  for (const { at, journeys } of [...newestFirst].reverse())
    for (const trail of journeys ?? [])
      if (trail.enrolment === enrolment)
        for (const { point, edge } of trail.steps) {
          if (edge === null || edge === undefined || edge === 'entered' || point === here) continue;
          // Who comes by again passed here last.
          passed.delete(point);
          passed.set(point, at);
        }
  return [...passed].map(([point, at]) => ({ point, at }));
}

/** What comes next where every line goes straight on; a fork and what goes round again end the guess. */
export function ahead({ points }: Definition, here: string, most: number): string[] {
  const found: string[] = [];
  const seen = new Set([here]);
  let at: string | undefined = here;
  while (found.length < most) {
    const stop: Stop | undefined = at === undefined ? undefined : points?.[at];
    at = stop?.next ?? stop?.then ?? stop?.paths?.[0]?.next;
    if (at === undefined || seen.has(at)) break;
    seen.add(at);
    found.push(at);
  }
  return found;
}
