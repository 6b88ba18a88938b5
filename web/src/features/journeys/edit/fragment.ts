import type { ExitRef } from '../definition/exits';
import { branchKey, exitsOf, withExit } from '../definition/exits';
import type { Journey, Point } from '../definition/journey';
import type { Fragment, Place, Refusal } from './edits';
import { incoming, insertedAfter, setExit, targetOf } from './links';
import { reachedFrom } from './reach';

/** One point alone, or with all that hangs on it: what only it leads to. */
export function fragmentOf(journey: Journey, entry: string, whole: boolean): Fragment | undefined {
  const point = journey.points[entry];
  if (!point) return undefined;
  const ids = whole || exitsOf(point).length > 1 ? hangingOn(journey, entry) : new Set([entry]);
  const points: Record<string, Point> = {};
  const branches: Record<string, string> = {};
  for (const id of ids) {
    const one = journey.points[id];
    if (!one) continue;
    points[id] = exitsOf(one).reduce(
      (now, exit) => (exit.target !== undefined && !ids.has(exit.target) ? withExit(now, exit.field, undefined) : now),
      one,
    );
    for (const exit of exitsOf(one)) {
      const name = journey.map?.branches?.[branchKey(id, exit.edge)];
      if (name) branches[branchKey(id, exit.edge)] = name;
    }
  }
  return { entry, points, tail: tailOf(points, entry), branches };
}

/** A row of points with one way out, in the order given. */
export function rowOf(journey: Journey, ids: string[]): Fragment | undefined {
  const [entry] = ids;
  if (entry === undefined) return undefined;
  if (ids.length === 1) return fragmentOf(journey, entry, false);
  const points: Record<string, Point> = {};
  for (const [at, id] of ids.entries()) {
    const point = journey.points[id];
    const onward = point ? exitsOf(point) : [];
    const only = onward[0];
    if (!point || !only || onward.length > 1) return undefined;
    points[id] = withExit(point, only.field, ids[at + 1]);
  }
  return { entry, points, tail: tailOf(points, entry) };
}

function hangingOn(journey: Journey, entry: string): Set<string> {
  const inside = reachedFrom(journey, [entry]);
  const cut = incoming(journey, entry).reduce((now, exit) => setExit(now, exit, undefined), journey);
  const elsewhere = reachedFrom(
    cut,
    cut.start.map((start) => start.next),
  );
  return new Set([...inside].filter((id) => id === entry || !elsewhere.has(id)));
}

/** The open end straight on from the entry: where what follows is hung. */
function tailOf(points: Record<string, Point>, entry: string): ExitRef | undefined {
  let id = entry;
  for (let hops = 0; hops <= Object.keys(points).length; hops++) {
    const point = points[id];
    const exit = point && exitsOf(point)[0];
    if (!exit) return undefined;
    if (exit.target === undefined) return { of: id, field: exit.field };
    id = exit.target;
  }
  return undefined;
}

/** The fragment under new ids at a place; what was there follows its tail. */
export function pasted(journey: Journey, place: Place, fragment: Fragment): Journey | Refusal {
  const first = place.exits[0];
  if (!first) return 'unknownPlace';
  const after = targetOf(journey, first);
  if (after !== undefined && !fragment.tail) return 'endsAlready';
  const ids = freshIds(journey, Object.keys(fragment.points));
  const renamed = (id: string | undefined) => (id === undefined ? undefined : (ids.get(id) ?? id));
  let points = journey.points;
  let follows = first.of;
  for (const [id, point] of Object.entries(fragment.points)) {
    let copy = exitsOf(point).reduce((now, exit) => withExit(now, exit.field, renamed(exit.target)), point);
    if (copy.kind === 'goTo') copy = { ...copy, target: renamed(copy.target) ?? copy.target };
    const own = renamed(id) ?? id;
    points = insertedAfter(points, follows, own, copy);
    follows = own;
  }
  const branches = { ...journey.map?.branches };
  for (const [key, name] of Object.entries(fragment.branches ?? {})) {
    const slash = key.indexOf('/');
    branches[branchKey(renamed(key.slice(0, slash)) ?? '', key.slice(slash + 1))] = name;
  }
  let now: Journey = { ...journey, points, map: { ...journey.map, branches } };
  if (fragment.tail) now = setExit(now, { of: renamed(fragment.tail.of) ?? '', field: fragment.tail.field }, after);
  return place.exits.reduce((rest, exit) => setExit(rest, exit, renamed(fragment.entry)), now);
}

/** For each id one that the journey has not: the same with the next free number. */
export function freshIds(journey: Journey, ids: string[]): Map<string, string> {
  const taken = new Set([...Object.keys(journey.points), ...journey.start.map((start) => start.id)]);
  const fresh = new Map<string, string>();
  for (const id of ids) {
    const stem = id.replace(/-\d+$/, '').slice(0, 56);
    let candidate = stem;
    for (let number = 2; taken.has(candidate); number++) candidate = `${stem}-${number}`;
    taken.add(candidate);
    fresh.set(id, candidate);
  }
  return fresh;
}
