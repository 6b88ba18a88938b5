import { branchKey, type Exit, exitsOf, isStage } from '../definition/exits';
import type { Journey } from '../definition/journey';
import type { Stages } from './stages';

/** One stretch of a line: from a point's way out to where it leads, or to nowhere yet. */
export interface Stretch {
  /** `of/edge`, as counters, letters and branch names have it. */
  key: string;
  of: string;
  field: string;
  edge: string;
  /** The node that it leads to: a point, or the mark of an open end or of a way back. */
  to: string;
  /** Where it stands among the ways out of its point; 0 goes straight on. */
  index: number;
  /** Of a comparison: it is not there any more. */
  gone: boolean;
}

export type NodeKind = 'start' | 'point' | 'open' | 'back';

export interface MapNode {
  id: string;
  kind: NodeKind;
  out: Stretch[];
  /** Of a way back: the point that it leads to. */
  target?: string;
  /** Whether no line leads to it. */
  adrift?: boolean;
  /** Of a comparison: it is not there any more. */
  gone?: boolean;
}

/** The journey as what is drawn: no cycles, every way out leads to a node. */
export interface MapGraph {
  nodes: Map<string, MapNode>;
  /** Starting points in their order, then what no line leads to. */
  roots: string[];
  into: Map<string, Stretch[]>;
}

/** Open ends get a node of their own, and so does each line that leads back to where it came from. */
export function graphOf(journey: Journey): MapGraph {
  const nodes = new Map<string, MapNode>();
  for (const start of journey.start) nodes.set(start.id, { id: start.id, kind: 'start', out: [] });
  for (const id of Object.keys(journey.points)) if (!nodes.has(id)) nodes.set(id, { id, kind: 'point', out: [] });
  for (const id of journey.map?.gone?.ids ?? []) {
    const node = nodes.get(id);
    if (node) node.gone = true;
  }

  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string) => {
    state.set(id, 'open');
    const node = nodes.get(id);
    if (!node) return;
    exitsIn(journey, node).forEach(({ edge, field, target, gone = false }, index) => {
      const key = branchKey(id, edge);
      let to = target;
      if (to === undefined || nodes.get(to)?.kind !== 'point') {
        to = `open:${key}`;
        nodes.set(to, { id: to, kind: 'open', out: [] });
      } else if (state.get(to) === 'open') {
        const back = `back:${key}`;
        nodes.set(back, { id: back, kind: 'back', out: [], target: to });
        to = back;
      } else if (!state.has(to) && (!gone || nodes.get(to)?.gone)) visit(to);
      node.out.push({ key, of: id, field, edge, to, index, gone });
    });
    state.set(id, 'done');
  };

  const isGone = (id: string | undefined) => id !== undefined && nodes.get(id)?.gone === true;
  const roots: string[] = [];
  const take = (id: string) => {
    if (state.has(id)) return;
    roots.push(id);
    visit(id);
  };
  for (const start of journey.start) take(start.id);
  const ids = Object.keys(journey.points);
  // What only lines that are gone lead to is led to by none.
  const aimedAt = new Set(
    ids.flatMap((id) => exitsIn(journey, nodes.get(id)).flatMap(({ target, gone }) => (gone && !isGone(target) ? [] : [target]))),
  );
  const isAlone = (id: string) => {
    const point = journey.points[id];
    return point !== undefined && journey.settings?.stageProperty !== undefined && isStage(point);
  };
  for (const id of ids) if (!aimedAt.has(id)) markAdrift(nodes, id, state, take, isAlone);
  for (const id of ids) markAdrift(nodes, id, state, take, isAlone);

  const into = new Map<string, Stretch[]>();
  for (const node of nodes.values())
    for (const stretch of node.out) {
      const list = into.get(stretch.to);
      if (list) list.push(stretch);
      else into.set(stretch.to, [stretch]);
    }
  return { nodes, roots, into };
}

function markAdrift(
  nodes: Map<string, MapNode>,
  id: string,
  state: Map<string, unknown>,
  take: (id: string) => void,
  isAlone: (id: string) => boolean,
) {
  const node = nodes.get(id);
  if (!node || state.has(id)) return;
  node.adrift = !isAlone(id);
  take(id);
}

interface DrawnExit extends Exit {
  gone?: boolean;
}

/** The ways out of a node, then those that it had: they are drawn last, so that they move nothing. */
function exitsIn(journey: Journey, node: MapNode | undefined): DrawnExit[] {
  if (!node) return [];
  const had = journey.map?.gone?.lines.filter((line) => line.of === node.id) ?? [];
  return [
    ...(node.gone ? [] : ownExits(journey, node)),
    ...had.map(({ to }) => ({ edge: `gone:${to}`, field: '', target: to, gone: true })),
  ];
}

function ownExits(journey: Journey, node: MapNode): Exit[] {
  if (node.kind === 'start') {
    const start = journey.start.find((one) => one.id === node.id);
    return [{ edge: 'next', field: 'next', target: start?.next }];
  }
  const point = journey.points[node.id];
  return point ? exitsOf(point) : [];
}

/** The row of each node: one below the longest way to it, and each stage below all of the one before. */
export function rowsOf(graph: MapGraph, stages?: Stages): Map<string, number> {
  const rows = new Map<string, number>();
  const least = new Map<string, number>();
  const rowOf = (id: string): number => {
    const known = rows.get(id);
    if (known !== undefined) return known;
    const above = graph.into.get(id) ?? [];
    const row = Math.max(least.get(id) ?? 0, ...above.map((stretch) => 1 + rowOf(stretch.of)));
    rows.set(id, row);
    return row;
  };
  let base = 0;
  for (const band of bandsOf(graph, stages)) {
    const entered = band.some((id) => stages?.entrances.has(id));
    for (const id of band) least.set(id, entered && !stages?.entrances.has(id) ? base + 1 : base);
    for (const id of band) base = Math.max(base, rowOf(id) + 1);
  }
  // What no line leads to begins below the entrances; an entrance into the middle stands just above where it gets in.
  for (const root of graph.roots) {
    const node = graph.nodes.get(root);
    const first = node?.out[0];
    if (node?.kind === 'start' && first) rows.set(root, Math.max(0, rowOf(first.to) - 1));
  }
  return rows;
}

/** What stands below one another: that of no stage, the stages, and ends of them all. */
function bandsOf(graph: MapGraph, stages: Stages | undefined): string[][] {
  const bands: string[][] = Array.from({ length: (stages?.order.length ?? -1) + 2 }, () => []);
  for (const id of graph.nodes.keys()) bands[(stages?.of.get(id) ?? -1) + 1]?.push(id);
  return bands;
}
