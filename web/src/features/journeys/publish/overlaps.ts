import type { Schemas } from '@/api/client';
import type { Journey, StartingPoint } from '../definition/journey';

export interface Overlap {
  id: string;
  name: string;
  /** The starting point of this journey that brings the same people there. */
  start: string;
}

/** By what a starting point brings people in, where another journey may have the same; undefined: nothing that could be compared. */
function sourcesOf(start: StartingPoint): string[] {
  switch (start.kind) {
    case 'listEntered':
      return start.list ? [`list ${start.list}`] : [];
    case 'segmentEntered':
      return start.segment ? [`segment ${start.segment}`] : [];
    case 'tagAdded':
      return start.tag ? [`tag ${start.tag}`] : [];
    case 'event':
      return start.events.map((event) => `event ${event}`);
    default:
      return [];
  }
}

/** Which journeys that run begin with the same list, segment, tag or event: their people would be in both. Each is named once. */
export function overlapsOf(
  journey: Journey,
  others: readonly Pick<Schemas['JourneyView'], 'id' | 'name' | 'status' | 'definition'>[],
): Overlap[] {
  const own = new Map(journey.start.flatMap((start) => sourcesOf(start).map((source) => [source, start.id] as const)));
  if (own.size === 0) return [];
  return others.flatMap(({ id, name, status, definition }) => {
    if (id === journey.id || !['live', 'filling', 'paused'].includes(status)) return [];
    const starts = (definition as Journey | null | undefined)?.start ?? [];
    const shared = starts.flatMap(sourcesOf).find((source) => own.has(source));
    return shared === undefined ? [] : [{ id, name, start: own.get(shared) ?? '' }];
  });
}
