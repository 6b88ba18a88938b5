import type { Journey } from '../definition/journey';
import type { MapGraph, Stretch } from './graph';
import { graphOf, rowsOf } from './graph';
import type { Stages } from './stages';
import { stagesOf } from './stages';

/** Where everything stands, counted in columns and rows. */
export interface MapGrid {
  graph: MapGraph;
  rows: Map<string, number>;
  stages: Stages | undefined;
  columns: Map<string, number>;
  /** The column in which a stretch runs down; a direct one has none. */
  lanes: Map<string, number>;
  /** Stretches that go straight to the next row, to a point further right, without a column of their own. */
  direct: ReadonlyMap<string, Stretch>;
  /** Of each node with lines that meet: the stretch whose line goes on. */
  owner: Map<string, string>;
  /** Nodes from left to right and top to bottom along the lines: the order of the outline. */
  order: string[];
  /** The rightmost column in use at a row. */
  rightmost: (row: number) => number;
  rowCount: number;
}

/**
 * Gives every line a column. A line is a chain of first ways out; its further ways out begin lines of their own, the lowest first, each right of
 * all that stands in its rows already. So nothing is ever placed where something is, and what is drawn later lies further right.
 */
export function gridOf(journey: Journey): MapGrid {
  const graph = graphOf(journey);
  const stages = stagesOf(journey, graph);
  const rows = rowsOf(graph, stages);
  const rowOf = (id: string) => rows.get(id) ?? 0;
  const rowCount = Math.max(0, ...rows.values()) + 1;
  const columns = new Map<string, number>();
  const lanes = new Map<string, number>();
  const direct = new Map<string, Stretch>();
  const owner = new Map<string, string>();
  // Two units a row: 2r is the row itself, 2r + 1 the channel below it, where lines turn.
  const contour: number[] = new Array(2 * rowCount + 2).fill(-1);

  const occupy = (from: number, to: number, atLeast: number) => {
    let column = atLeast;
    for (let unit = from; unit <= to; unit++) column = Math.max(column, (contour[unit] ?? -1) + 1);
    for (let unit = from; unit <= to; unit++) contour[unit] = column;
    return column;
  };

  /** A line that is gone brings nobody: what is still there stands where its own lines bring it. */
  const passes = (stretch: Stretch) => stretch.gone && !graph.nodes.get(stretch.to)?.gone;

  /** Whether somebody else's straight way leads there: then an empty branch leaves the point to it. */
  const awaited = (stretch: Stretch) =>
    stretch.index > 0 &&
    (graph.into.get(stretch.to) ?? []).some(
      (other) => other !== stretch && other.index === 0 && !isStart(graph, other.of) && !passes(other),
    );

  // One a fork and one a target: more would leave no room for their plates.
  const alreadyDirect = (stretch: Stretch) =>
    [...direct.values()].some((other) => other.of === stretch.of || other.to === stretch.to);

  const lineFrom = (first: Stretch | undefined, root: string | undefined, from: number, atLeast: number) => {
    const chain: string[] = [];
    const stretches: Stretch[] = [];
    let next = root;
    if (first) {
      stretches.push(first);
      if (!columns.has(first.to) && !awaited(first) && !passes(first)) {
        next = first.to;
        owner.set(first.to, first.key);
      }
    }
    let joins = first !== undefined && next === undefined ? first : undefined;
    while (next !== undefined) {
      chain.push(next);
      columns.set(next, -1);
      const on: Stretch | undefined = graph.nodes.get(next)?.out[0];
      next = undefined;
      if (!on) break;
      stretches.push(on);
      if (columns.has(on.to) || passes(on)) joins = on;
      else {
        next = on.to;
        owner.set(on.to, on.key);
      }
    }

    if (
      first &&
      !first.gone &&
      joins === first &&
      rowOf(first.to) === rowOf(first.of) + 1 &&
      !columns.has(first.to) &&
      !alreadyDirect(first)
    ) {
      direct.set(first.key, first);
      return;
    }
    const last = chain.at(-1);
    const to = joins ? 2 * rowOf(joins.to) - 1 : last ? 2 * rowOf(last) : from;
    const column = occupy(from, Math.max(from, to), atLeast);
    for (const id of chain) columns.set(id, column);
    for (const stretch of stretches) lanes.set(stretch.key, column);
    for (const id of chain.reverse())
      for (const branch of graph.nodes.get(id)?.out.slice(1) ?? []) lineFrom(branch, undefined, 2 * rowOf(id) + 1, column + 1);
  };

  for (const root of graph.roots) lineFrom(undefined, root, 2 * rowOf(root), 0);
  return {
    graph,
    stages,
    rows,
    columns,
    lanes,
    direct,
    owner,
    order: orderOf(graph, owner),
    rightmost: (row) => rightmostAt(contour, row),
    rowCount,
  };
}

function isStart(graph: MapGraph, id: string) {
  return graph.nodes.get(id)?.kind === 'start';
}

function rightmostAt(contour: number[], row: number) {
  return Math.max(contour[2 * row - 1] ?? -1, contour[2 * row] ?? -1, contour[2 * row + 1] ?? -1);
}

/** Entrances first; then depth first along the lines, each point where its own line brings it. */
function orderOf(graph: MapGraph, owner: Map<string, string>): string[] {
  const order: string[] = graph.roots.filter((id) => isStart(graph, id));
  const visit = (id: string) => {
    if (!isStart(graph, id)) order.push(id);
    for (const stretch of graph.nodes.get(id)?.out ?? []) if (owner.get(stretch.to) === stretch.key) visit(stretch.to);
  };
  for (const root of graph.roots) visit(root);
  return order;
}
