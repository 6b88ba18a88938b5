import type { ExitRef } from '../definition/exits';
import { exitsOfId, startOf, withExit } from '../definition/exits';
import type { Journey, Point } from '../definition/journey';

/** One way out leads elsewhere; nowhere when `target` is undefined. */
export function setExit(journey: Journey, exit: ExitRef, target: string | undefined): Journey {
  if (startOf(journey, exit.of))
    return {
      ...journey,
      start: journey.start.map((start) => (start.id === exit.of ? withExit(start, exit.field, target) : start)),
    };
  const point = journey.points[exit.of];
  return point ? { ...journey, points: { ...journey.points, [exit.of]: withExit(point, exit.field, target) } } : journey;
}

export function targetOf(journey: Journey, exit: ExitRef): string | undefined {
  return exitsOfId(journey, exit.of).find((one) => one.field === exit.field)?.target;
}

/** The document keeps the author's order: a new point stands after the one it follows. */
export function insertedAfter(points: Record<string, Point>, after: string, id: string, point: Point): Record<string, Point> {
  const entries = Object.entries(points);
  const at = entries.findIndex(([key]) => key === after);
  entries.splice(at + 1, 0, [id, point]);
  return Object.fromEntries(entries);
}

/** Every way out that leads to a point by a line. */
export function incoming(journey: Journey, id: string): ExitRef[] {
  const ids = [...journey.start.map((start) => start.id), ...Object.keys(journey.points)];
  return ids.flatMap((of) => exitsOfId(journey, of).flatMap((exit) => (exit.target === id ? [{ of, field: exit.field }] : [])));
}
