import { exitsOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import type { MapGraph, Stretch } from '../map/graph';
import { gridOf } from '../map/grid';
import { lettersOf } from '../map/letters';

/** A line of the outline. `within` names the branches that it lies in, outermost first. */
export type OutlineRow = { depth: number; letter: string; within: string[] } & (
  | { kind: 'start' | 'point' | 'open' | 'back'; id: string; target?: string; of?: Stretch }
  | { kind: 'branch'; key: string; of: string; edge: string; index: number; points: number }
  | { kind: 'join'; id: string; letters: string[] }
);

/** The journey as a tree: a rule's lines are indented below it, and where they join it goes on at the rule's own depth. */
export function outlineOf(journey: Journey): OutlineRow[] {
  const grid = gridOf(journey);
  const letters = lettersOf(journey, grid);
  const graph = grid.graph;
  const rows: OutlineRow[] = [];
  const place = new Map<string, number>();
  const arrived = new Map<string, number>();
  const waiting: string[] = [];

  const put = (row: OutlineRow) => rows.push(row);
  const letterOf = (id: string) => letters.ofNode.get(id) ?? '';

  /** Comes to a point by one of its lines: goes on if it is the only one, else the point waits for the others. */
  const arrive = (stretch: Stretch, depth: number, within: string[]) => {
    const all = graph.into.get(stretch.to)?.length ?? 1;
    if (all === 1) {
      chain(stretch.to, depth, within, stretch);
      return;
    }
    const now = (arrived.get(stretch.to) ?? 0) + 1;
    arrived.set(stretch.to, now);
    if (now === all) waiting.push(stretch.to);
  };

  /** Joins whose lines all come from below this place in the outline. */
  const settle = (since: number, depth: number, within: string[]) => {
    for (let next = ready(graph, waiting, place, since); next !== undefined; next = ready(graph, waiting, place, since)) {
      waiting.splice(waiting.indexOf(next), 1);
      const meeting = [...new Set((graph.into.get(next) ?? []).map((stretch) => letters.ofStretch.get(stretch.key) ?? ''))];
      if (meeting.length > 1) put({ kind: 'join', id: next, letters: meeting.sort(), depth, letter: letterOf(next), within });
      chain(next, depth, within, undefined);
    }
  };

  const chain = (id: string, depth: number, within: string[], by: Stretch | undefined) => {
    const node = graph.nodes.get(id);
    if (!node) return;
    place.set(id, rows.length);
    put({ kind: node.kind, id, target: node.target, of: by, depth, letter: letterOf(id), within });
    if (node.out.length === 1 && node.out[0]) {
      arrive(node.out[0], depth, within);
      return;
    }
    const since = rows.length - 1;
    for (const stretch of node.out) {
      const branch = { kind: 'branch' as const, key: stretch.key, of: id, edge: stretch.edge, index: stretch.index, points: 0 };
      put({ ...branch, depth: depth + 1, letter: letters.ofStretch.get(stretch.key) ?? '', within });
      arrive(stretch, depth + 1, [...within, stretch.key]);
    }
    settle(since, depth, within);
  };

  const starts = graph.roots.filter((id) => graph.nodes.get(id)?.kind === 'start');
  for (const id of starts) {
    place.set(id, rows.length);
    put({ kind: 'start', id, depth: 0, letter: letterOf(id), within: [] });
  }
  for (const id of starts) for (const stretch of graph.nodes.get(id)?.out ?? []) arrive(stretch, 0, []);
  settle(-1, 0, []);
  for (const id of graph.roots) {
    if (!starts.includes(id)) chain(id, 0, [], undefined);
    settle(-1, 0, []);
  }
  countPoints(rows);
  return rows;
}

function ready(graph: MapGraph, waiting: string[], place: Map<string, number>, since: number): string | undefined {
  return waiting.find((id) => (graph.into.get(id) ?? []).every((stretch) => (place.get(stretch.of) ?? -1) >= since));
}

function countPoints(rows: OutlineRow[]) {
  const branches = new Map(rows.flatMap((row) => (row.kind === 'branch' ? [[row.key, row] as const] : [])));
  for (const row of rows) {
    if (row.kind !== 'point') continue;
    for (const key of row.within) {
      const branch = branches.get(key);
      if (branch?.kind === 'branch') branch.points++;
    }
  }
}

/** What shows when these branches are folded. */
export function unfolded(rows: OutlineRow[], folded: ReadonlySet<string>): OutlineRow[] {
  return rows.filter((row) => !row.within.some((key) => folded.has(key)));
}

/** A point's place in the tree as assistive technology tells it. */
export interface TreePlace {
  level: number;
  position: number;
  size: number;
}

export function placesOf(rows: OutlineRow[]): Map<string, TreePlace> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    if (!('id' in row) || row.kind === 'join') continue;
    const group = `${row.depth} ${row.within.join(' ')}`;
    const list = groups.get(group);
    if (list) list.push(row.id);
    else groups.set(group, [row.id]);
  }
  const places = new Map<string, TreePlace>();
  for (const [group, ids] of groups)
    ids.forEach((id, at) => {
      places.set(id, { level: Number(group.split(' ')[0]) + 1, position: at + 1, size: ids.length });
    });
  return places;
}

/** Whether a journey says nothing yet: no point, so that the map asks what brings people in. */
export function isEmpty(journey: Journey): boolean {
  return journey.start.length === 0 && Object.values(journey.points).flatMap(exitsOf).length === 0;
}
