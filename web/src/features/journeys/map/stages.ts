import type { Journey, Point } from '../definition/journey';
import type { MapGraph } from './graph';

/** How the map is cut into stages: a band each, one below the other. Nodes of no stage stand above them. */
export interface Stages {
  /** The stages from top to bottom: first what leads, and else as the definition has them. */
  order: string[];
  /** Of each node that belongs to one: which, counted in `order`. What belongs to none of them but ends the journey comes after the last. */
  of: Map<string, number>;
  /** Starting points that lead into a stage: they stand in its band, a row above it. */
  entrances: ReadonlySet<string>;
}

/** Nothing where the journey has no stages. */
export function stagesOf(journey: Journey, graph: MapGraph): Stages | undefined {
  const stages = Object.keys(journey.points).filter((id) => journey.points[id]?.kind === 'stage');
  if (!journey.settings?.stageProperty || stages.length === 0) return undefined;
  const reached = new Map<string, Set<string>>();
  const onward = new Map<string, Set<string>>(stages.map((id) => [id, new Set()]));
  for (const stage of stages) {
    const seen = new Set<string>();
    const visit = (id: string) => {
      if (seen.has(id)) return;
      seen.add(id);
      if (id !== stage && journey.points[id]?.kind === 'stage') {
        onward.get(stage)?.add(id);
        return;
      }
      const by = reached.get(id);
      if (by) by.add(stage);
      else reached.set(id, new Set([stage]));
      for (const stretch of graph.nodes.get(id)?.out ?? []) visit(stretch.to);
    };
    visit(stage);
  }

  const order = ordered(stages, onward);
  const of = new Map<string, number>();
  const entrances = new Set<string>();
  for (const node of graph.nodes.values()) {
    const by = reached.get(node.id);
    const first = node.out[0]?.to;
    if (node.kind === 'start' && first && stages.includes(first)) {
      entrances.add(node.id);
      of.set(node.id, order.indexOf(first));
    } else if (by?.size === 1) of.set(node.id, order.indexOf([...by][0] ?? ''));
    else if (isOver(journey.points[node.id])) of.set(node.id, order.length);
    else if (by) of.set(node.id, Math.max(...[...by].map((stage) => order.indexOf(stage))));
  }
  return { order, of, entrances };
}

/** Whether nothing can follow it, whatever stage leads to it. */
function isOver(point: Point | undefined): boolean {
  return point?.kind === 'end' || point?.kind === 'archive';
}

/** Each after those that lead to it. */
function ordered(stages: string[], onward: Map<string, Set<string>>): string[] {
  const left = [...stages];
  const order: string[] = [];
  while (left.length > 0) {
    const free = left.find((id) => !left.some((other) => other !== id && onward.get(other)?.has(id))) ?? left[0];
    if (free === undefined) break;
    order.push(free);
    left.splice(left.indexOf(free), 1);
  }
  return order;
}
