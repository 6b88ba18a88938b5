import type { Journey, Point, StartingPoint } from './journey';

/** A way out of a point: `edge` is its name in counters and on the map, `field` where it stands in the point. */
export interface Exit {
  edge: string;
  field: string;
  target: string | undefined;
}

/** Names one way out in a journey; `of` is a point or a starting point. */
export interface ExitRef {
  of: string;
  field: string;
}

/** What the way out of those is called whom an experiment holds out. */
export const heldOut = 'holdOut';

/** The ways out in the order of the plan; the first goes straight on. A go-to has none that is drawn: it jumps. */
export function exitsOf(point: Point): Exit[] {
  if (point.kind === 'goTo' || point.kind === 'end' || point.kind === 'archive') return [];
  if (point.kind === 'if')
    return [
      { edge: 'yes', field: 'then', target: point.then },
      { edge: 'no', field: 'else', target: point.else },
    ];
  if (point.kind === 'firstN')
    return [
      { edge: 'first', field: 'next', target: point.next },
      { edge: 'rest', field: 'rest', target: point.rest },
    ];
  // The others differ by their fields, so that a new kind of point needs nothing here.
  const exits = 'paths' in point ? pathExits(point.paths) : [{ edge: 'next', field: 'next', target: point.next }];
  if (point.kind === 'branch' || point.kind === 'switch' || point.kind === 'startedBy' || point.kind === 'runJourney')
    exits.push({ edge: 'otherwise', field: 'otherwise', target: point.otherwise });
  if (point.kind === 'experiment' && point.holdOut !== undefined)
    exits.push({ edge: heldOut, field: 'onHoldOut', target: point.onHoldOut });
  const { timeout, onTimeout, missed, onFailure, onEmpty } = point as {
    timeout?: string;
    onTimeout?: string;
    missed?: string;
    onFailure?: string;
    onEmpty?: string;
  };
  if (timeout !== undefined || onTimeout !== undefined) exits.push({ edge: 'timeout', field: 'onTimeout', target: onTimeout });
  if (missed !== undefined) exits.push({ edge: 'missed', field: 'missed', target: missed });
  if (onFailure !== undefined) exits.push({ edge: 'failure', field: 'onFailure', target: onFailure });
  if (onEmpty !== undefined) exits.push({ edge: 'empty', field: 'onEmpty', target: onEmpty });
  return exits;
}

/** Paths have their names in the point itself; other ways out have theirs on the map. */
function pathExits(paths: { name: string; next?: string }[]): Exit[] {
  return paths.map((path, index) => ({ edge: path.name, field: `paths/${index}/next`, target: path.next }));
}

export function exitsOfId(journey: Journey, id: string): Exit[] {
  const start = startOf(journey, id);
  if (start) return [{ edge: 'next', field: 'next', target: start.next }];
  const point = journey.points[id];
  return point ? exitsOf(point) : [];
}

export function startOf(journey: Journey, id: string): StartingPoint | undefined {
  return journey.start.find((start) => start.id === id);
}

/** Whether contacts come here by a value of the stage property, so that no line need lead here. */
export function isStage(point: Point): boolean {
  return point.kind === 'stage' || (point.kind === 'end' && (point.values?.length ?? 0) > 0);
}

/** Whether its lines part here, so that each has a plate. */
export function isFork(point: Point): boolean {
  return exitsOf(point).length > 1;
}

/** What a branch is known by in `map.lines` and `map.branches`. */
export function branchKey(of: string, edge: string): string {
  return `${of}/${edge}`;
}

/** The same point with one way out leading elsewhere; nowhere when `target` is undefined. */
export function withExit<P extends Point | StartingPoint>(point: P, field: string, target: string | undefined): P {
  const [first, index] = field.split('/');
  if (first === 'paths' && 'paths' in point) {
    const paths = point.paths.map((path, at) => (at === Number(index) ? withField(path, 'next', target) : path));
    return { ...point, paths } as P;
  }
  return withField(point, field, target);
}

/** A copy with one field set, or left out where the value is undefined: documents carry no empty fields. */
export function withField<T extends object>(object: T, field: string, value: unknown): T {
  const copy = { ...object } as Record<string, unknown>;
  if (value === undefined) delete copy[field];
  else copy[field] = value;
  return copy as T;
}
