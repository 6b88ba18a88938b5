import type { ExitRef } from '../definition/exits';
import { branchKey, exitsOf, startOf, withExit, withField } from '../definition/exits';
import type { Journey, JourneyMap, Note, Point, StartingPoint } from '../definition/journey';
import { gridOf } from '../map/grid';
import { lettersOf } from '../map/letters';
import type { Edit, Edited, Kept, Place, Refusal } from './edits';
import { fragmentOf, freshIds, pasted } from './fragment';
import { incoming, insertedAfter, setExit, targetOf } from './links';
import { leadsTo, onlyBehind } from './reach';

/** Pure: the journey after the edit, its letters kept, or why it cannot be. Unknown fields of the document stay as they are. */
export function applyEdit(journey: Journey, edit: Edit): Edited {
  const done = change(journey, edit);
  return typeof done === 'string' ? { refused: done } : { journey: keepMap(done) };
}

function change(journey: Journey, edit: Edit): Journey | Refusal {
  switch (edit.kind) {
    case 'insert':
      return insert(journey, edit.place, edit.id, edit.point);
    case 'delete':
      return edit.ids.reduce((now, id) => deletePoint(now, id, edit.keep[id] ?? 'none'), journey);
    case 'cutBranch':
      return withoutUnreached(
        journey,
        edit.exits.reduce((now, exit) => setExit(now, exit, undefined), journey),
      );
    case 'paste':
      return pasted(journey, edit.place, edit.fragment);
    case 'move':
      return move(journey, edit.ids, edit.place);
    case 'connect':
      if (leadsTo(journey, edit.target, edit.exit.of)) return 'circle';
      return withoutUnreached(journey, setExit(journey, edit.exit, edit.target));
    case 'goTo':
      return insert(withoutUnreached(journey, setExit(journey, edit.exit, undefined)), { exits: [edit.exit] }, edit.id, {
        kind: 'goTo',
        target: edit.target,
      });
    case 'change':
      return changePoint(journey, edit.id, edit.point);
    case 'addStart':
      return { ...journey, start: [...journey.start, edit.start] };
    case 'addStage':
      return { ...journey, points: { ...journey.points, [edit.id]: edit.point } };
    case 'changeStart':
      return { ...journey, start: journey.start.map((start) => (start.id === edit.start.id ? edit.start : start)) };
    case 'deleteStart':
      return withoutUnreached(journey, { ...journey, start: journey.start.filter((start) => start.id !== edit.id) });
    case 'orderStarts':
      return { ...journey, start: edit.ids.flatMap((id) => startOf(journey, id) ?? []) };
    case 'nameBranch':
      return nameBranch(journey, edit.of, edit.edge, edit.name);
    case 'addNote':
      return withNotes(journey, (notes) => [...notes, edit.note]);
    case 'changeNote':
      return withNotes(journey, (notes) => notes.map((note) => (note.id === edit.id ? { ...note, text: edit.text } : note)));
    case 'deleteNote':
      return withNotes(journey, (notes) => notes.filter((note) => note.id !== edit.id));
    case 'settings':
      return { ...journey, settings: edit.settings };
    case 'about':
      return withField(withField({ ...journey, name: edit.name }, 'description', edit.description), 'labels', edit.labels);
    default:
      return edit satisfies never;
  }
}

function insert(journey: Journey, place: Place, id: string, point: Point): Journey | Refusal {
  const first = place.exits[0];
  if (!first) return 'unknownPlace';
  const after = targetOf(journey, first);
  const onward = exitsOf(point)[0];
  // Where something follows, a point without a way out would cut it off.
  if (after !== undefined && !onward) return 'endsAlready';
  const put = after !== undefined && onward ? withExit(point, onward.field, after) : point;
  const placed = { ...journey, points: insertedAfter(journey.points, first.of, id, put) };
  return place.exits.reduce((now, exit) => setExit(now, exit, id), placed);
}

function deletePoint(journey: Journey, id: string, keep: Kept): Journey {
  const point = journey.points[id];
  if (!point) return journey;
  const exits = exitsOf(point);
  const kept = exits.length === 1 ? exits[0] : exits.find((exit) => exit.field === keep);
  const without = { ...journey, points: withField(journey.points, id, undefined) };
  const ahead = kept?.target === id ? undefined : kept?.target;
  const relinked = incoming(journey, id).reduce((now, exit) => setExit(now, exit, ahead), without);
  return withoutUnreached(journey, withoutGoTos(relinked, id));
}

/** A go-to to a point that is gone goes with it. */
function withoutGoTos(journey: Journey, id: string): Journey {
  const gone = Object.entries(journey.points).flatMap(([key, point]) =>
    point.kind === 'goTo' && point.target === id ? [key] : [],
  );
  return gone.reduce((now, key) => deletePoint(now, key, 'none'), journey);
}

/** Removes what no line leads to any more. What nothing led to before stays: nobody asked for that. */
function withoutUnreached(before: Journey, after: Journey): Journey {
  const gone = new Set(onlyBehind(before, after));
  if (gone.size === 0) return after;
  return { ...after, points: Object.fromEntries(Object.entries(after.points).filter(([id]) => !gone.has(id))) };
}

/** Points with one way out are taken from where they are and put in a row elsewhere; a rule takes along what hangs on it. */
function move(journey: Journey, ids: string[], place: Place): Journey | Refusal {
  const [only] = ids;
  const moved = ids.flatMap((id) => {
    const point = journey.points[id];
    return point ? [{ id, point }] : [];
  });
  if (moved.some(({ point }) => exitsOf(point).length > 1))
    return only && ids.length === 1 ? moveBranch(journey, only, place) : 'rulesMoveAlone';
  if (place.exits.length === 0) return 'unknownPlace';
  // A place beside a moved point is the place before it, once it is gone.
  const exits = place.exits.flatMap((exit) => outside(journey, exit, ids) ?? []);
  if (exits.length < place.exits.length) return 'insideItself';
  let now = ids.reduce((rest, id) => relinkAround(rest, id), journey);
  let at = exits;
  for (const { id, point } of moved) {
    const onward = exitsOf(point)[0];
    const done = insert(now, { exits: at }, id, onward ? withExit(point, onward.field, undefined) : point);
    if (typeof done === 'string') return done;
    now = done;
    at = onward ? [{ of: id, field: onward.field }] : at;
  }
  return now;
}

function moveBranch(journey: Journey, id: string, place: Place): Journey | Refusal {
  const fragment = fragmentOf(journey, id, true);
  const [first] = place.exits;
  if (!fragment || !first) return 'unknownPlace';
  if (place.exits.some((exit) => exit.of in fragment.points)) return 'insideItself';
  const after = targetOf(journey, first);
  // Where it stands already there is nothing to do.
  if (after === id) return journey;
  if (after !== undefined && !fragment.tail) return 'endsAlready';
  const left = incoming(journey, id).reduce((now, exit) => setExit(now, exit, undefined), journey);
  const points = { ...left.points, ...fragment.points };
  const hung = fragment.tail ? setExit({ ...left, points }, fragment.tail, after) : { ...left, points };
  return place.exits.reduce((now, exit) => setExit(now, exit, id), hung);
}

function outside(journey: Journey, exit: ExitRef, ids: string[]): ExitRef | undefined {
  let at: ExitRef | undefined = exit;
  for (let hops = 0; at && ids.includes(at.of) && hops <= ids.length; hops++) at = incoming(journey, at.of)[0];
  return at && !ids.includes(at.of) ? at : undefined;
}

function relinkAround(journey: Journey, id: string): Journey {
  const point = journey.points[id];
  const ahead = point ? exitsOf(point)[0]?.target : undefined;
  const without = { ...journey, points: withField(journey.points, id, undefined) };
  return incoming(journey, id).reduce((now, exit) => setExit(now, exit, ahead), without);
}

/** Fields changed in a form. A way out that is gone takes along what only it led to; a path that is renamed keeps its letter and name. */
function changePoint(journey: Journey, id: string, point: Point): Journey {
  const before = journey.points[id];
  if (!before) return journey;
  const changed = { ...journey, points: { ...journey.points, [id]: point } };
  if (!('paths' in before) || !('paths' in point)) return withoutUnreached(journey, changed);
  const [were, are] = [before.paths, point.paths];
  const renamed = are.flatMap((path, index) => {
    const old = were[index];
    return old && old.name !== path.name && were.length === are.length
      ? [[branchKey(id, old.name), branchKey(id, path.name)] as const]
      : [];
  });
  const map = renamed.reduce((now, [from, to]) => renameKey(now, from, to), changed.map ?? {});
  return withoutUnreached(journey, renamed.length > 0 ? { ...changed, map } : changed);
}

function renameKey(map: JourneyMap, from: string, to: string): JourneyMap {
  const rename = (record: Record<string, string> | undefined) =>
    record && from in record
      ? Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]))
      : record;
  return { ...map, lines: rename(map.lines), branches: rename(map.branches) };
}

/** A path has its name in the point itself; other ways out have theirs on the map. */
function nameBranch(journey: Journey, of: string, edge: string, name: string): Journey {
  const point = journey.points[of];
  if (point && 'paths' in point && point.paths.some((path) => path.name === edge)) {
    const paths = point.paths.map((path) => (path.name === edge ? { ...path, name } : path));
    return changePoint(journey, of, { ...point, paths } as Point);
  }
  const branches = withField(journey.map?.branches ?? {}, branchKey(of, edge), name === '' ? undefined : name);
  return { ...journey, map: { ...journey.map, branches } };
}

function withNotes(journey: Journey, edit: (notes: Note[]) => Note[]): Journey {
  return { ...journey, map: { ...journey.map, notes: edit(journey.map?.notes ?? []) } };
}

/** Letters of lines that are new go into the definition, those of lines that are gone go out; so do names, and notes beside nothing. */
function keepMap(journey: Journey): Journey {
  const { lines } = lettersOf(journey, gridOf(journey));
  const keys = new Set(
    Object.entries(journey.points).flatMap(([id, point]) => exitsOf(point).map((exit) => branchKey(id, exit.edge))),
  );
  const branches = Object.fromEntries(Object.entries(journey.map?.branches ?? {}).filter(([key]) => keys.has(key)));
  const notes = (journey.map?.notes ?? []).filter((note) => note.near in journey.points || startOf(journey, note.near));
  const map: JourneyMap = { ...journey.map, lines };
  const named = Object.keys(branches).length > 0 ? { ...map, branches } : withField(map, 'branches', undefined);
  return { ...journey, map: notes.length > 0 ? { ...named, notes } : withField(named, 'notes', undefined) };
}

/** An id that the journey has not yet: the kind's own word, numbered. */
export function newId(journey: Journey, kind: string): string {
  return freshIds(journey, [kind]).get(kind) ?? kind;
}

export function newStart(journey: Journey, start: StartingPoint): StartingPoint {
  // Entrances flow into the line that is there.
  const next = start.next ?? journey.start[0]?.next;
  return withField({ ...start, id: newId(journey, 'start') }, 'next', next);
}
