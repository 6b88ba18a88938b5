import { exitsOfId } from '../definition/exits';
import type { Journey } from '../definition/journey';

/** How people left a point: on a line of the journey, or out of it and by another's hand. */
export interface Passage {
  passed: number;
  left: number;
}

/** Counted as departures, and none is a way on: what failed, was taken out or put elsewhere, and what a goal, an exit or a stage's value ended. */
const offTheLine = new Set(['failed', 'removed', 'goal', 'exit', 'moved', 'stage', 'carried']);

/** Whether a departure is one of those; a way out of the point that somebody gave such a name is a line all the same. */
export function isOffTheLine(journey: Journey | undefined, point: string, edge: string): boolean {
  return offTheLine.has(edge) && !(journey && exitsOfId(journey, point).some((exit) => exit.edge === edge));
}

/** Arrived = waiting + passed + left. */
export function passageOf(journey: Journey | undefined, point: string, departures: Readonly<Record<string, number>>): Passage {
  const passage = { passed: 0, left: 0 };
  for (const [edge, people] of Object.entries(departures))
    passage[isOffTheLine(journey, point, edge) ? 'left' : 'passed'] += people;
  return passage;
}
