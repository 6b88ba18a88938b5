import { exitsOf, isStage } from '../definition/exits';
import type { Journey } from '../definition/journey';

/** The points that lines lead to from these, themselves included. Go-tos count: their target stays as long as they do. */
export function reachedFrom(journey: Journey, from: Iterable<string | undefined>): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  while (open.length > 0) {
    const id = open.pop();
    const point = id === undefined ? undefined : journey.points[id];
    if (!id || !point || seen.has(id)) continue;
    seen.add(id);
    for (const exit of exitsOf(point)) open.push(exit.target);
    if (point.kind === 'goTo') open.push(point.target);
  }
  return seen;
}

/** Where contacts come in: by a starting point, or by a value of the stage property. */
function entrances(journey: Journey): (string | undefined)[] {
  const stages = Object.entries(journey.points).flatMap(([id, point]) => (isStage(point) ? [id] : []));
  return [...journey.start.map((start) => start.next), ...stages];
}

/** The points that only this way leads to: what goes when the way goes. */
export function onlyBehind(journey: Journey, without: Journey): string[] {
  const before = reachedFrom(journey, entrances(journey));
  const after = reachedFrom(without, entrances(without));
  return Object.keys(without.points).filter((id) => before.has(id) && !after.has(id));
}

/** Whether a line from `from` to `to` would close a circle: then only a go-to may lead there. */
export function leadsTo(journey: Journey, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  while (open.length > 0) {
    const id = open.pop();
    if (id === to) return true;
    const point = id === undefined ? undefined : journey.points[id];
    if (!id || !point || seen.has(id)) continue;
    seen.add(id);
    for (const exit of exitsOf(point)) if (exit.target !== undefined) open.push(exit.target);
  }
  return false;
}
