import type { Journey } from '../definition/journey';

/**
 * A journey cut into parts that people change independently: each setting, each starting point, each point, what the map keeps.
 * Undo keeps what changed, part by part, and two people's drafts are merged part by part.
 */
export interface Change {
  /** `points/welcome`, `start/by-hand`, `settings/goal`, `name`, `map/lines` … */
  part: string;
  /** undefined: the part is not there. */
  before: unknown;
  after: unknown;
}

const lists = ['start', 'points', 'settings', 'map'] as const;

/** The parts of a journey, and the order of starting points and points as parts of their own. */
export function partsOf(journey: Journey): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  for (const [key, value] of Object.entries(journey)) if (!(lists as readonly string[]).includes(key)) parts.set(key, value);
  for (const start of journey.start) parts.set(`start/${start.id}`, start);
  for (const [id, point] of Object.entries(journey.points)) parts.set(`points/${id}`, point);
  for (const [key, value] of Object.entries(journey.settings ?? {})) parts.set(`settings/${key}`, value);
  for (const [key, value] of Object.entries(journey.map ?? {})) parts.set(`map/${key}`, value);
  parts.set(
    'order/start',
    journey.start.map((start) => start.id),
  );
  parts.set('order/points', Object.keys(journey.points));
  return parts;
}

export function compare(before: Journey, after: Journey): Change[] {
  if (before === after) return [];
  const was = partsOf(before);
  const is = partsOf(after);
  const changes: Change[] = [];
  for (const part of new Set([...was.keys(), ...is.keys()]))
    if (!same(was.get(part), is.get(part))) changes.push({ part, before: was.get(part), after: is.get(part) });
  return changes;
}

/** The journey with these parts as they are after (or, going back, before) the changes. */
export function withChanges(journey: Journey, changes: Change[], direction: 'before' | 'after' = 'after'): Journey {
  const parts = partsOf(journey);
  for (const change of changes) {
    const value = change[direction];
    if (value === undefined) parts.delete(change.part);
    else parts.set(change.part, value);
  }
  return fromParts(parts);
}

function fromParts(parts: Map<string, unknown>): Journey {
  const plain: Record<string, unknown> = {};
  const groups: Record<(typeof lists)[number] | 'order', Record<string, unknown>> = {
    start: {},
    points: {},
    settings: {},
    map: {},
    order: {},
  };
  for (const [part, value] of parts) {
    const slash = part.indexOf('/');
    const group = part.slice(0, slash);
    if (slash > 0 && group in groups) groups[group as keyof typeof groups][part.slice(slash + 1)] = value;
    else plain[part] = value;
  }
  const ordered = (record: Record<string, unknown>, order: unknown) => {
    const wanted = Array.isArray(order) ? (order as string[]) : [];
    return [...new Set([...wanted.filter((id) => id in record), ...Object.keys(record)])];
  };
  const start = ordered(groups.start, groups.order.start).map((id) => groups.start[id]);
  const points = Object.fromEntries(ordered(groups.points, groups.order.points).map((id) => [id, groups.points[id]]));
  return {
    ...plain,
    ...(Object.keys(groups.settings).length > 0 ? { settings: groups.settings } : {}),
    start,
    points,
    ...(Object.keys(groups.map).length > 0 ? { map: groups.map } : {}),
  } as unknown as Journey;
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key in b && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

export interface Merge {
  /** What nobody disputes; where both changed a part, mine stands for now. */
  journey: Journey;
  /** Parts that both changed, differently. */
  conflicts: Conflict[];
}

export interface Conflict {
  part: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

/** The order of points and the letters of lines follow from the rest: nobody is asked about them. */
const settled = (part: string) => part.startsWith('order/') || part === 'map/lines';

/** Parts whose fields mean something each for itself. Of a condition they do not: it is taken or left as a whole. */
const byField = (part: string) => /^(points|start)\//.test(part) || part === 'map/branches' || part === 'settings/email';

/**
 * One part that both changed: what only one of them changed is taken from that one, field by field. Both versions then differ only in what
 * is disputed; one that was removed, or became of another kind, is taken or left as a whole.
 */
function mergeFields(part: string, base: unknown, mine: unknown, theirs: unknown) {
  const whole = { mine, theirs, disputed: true };
  if (!byField(part) || !isRecord(base) || !isRecord(mine) || !isRecord(theirs) || mine.kind !== theirs.kind) return whole;
  const merged = { mine: {} as Record<string, unknown>, theirs: {} as Record<string, unknown>, disputed: false };
  for (const field of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const untouched = same(mine[field], base[field]);
    const disputed = !untouched && !same(theirs[field], base[field]) && !same(mine[field], theirs[field]);
    const ours = untouched ? theirs[field] : mine[field];
    if (ours !== undefined) merged.mine[field] = ours;
    const others = disputed ? theirs[field] : ours;
    if (others !== undefined) merged.theirs[field] = others;
    merged.disputed ||= disputed;
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two drafts that began from the same one. */
export function merge(base: Journey, mine: Journey, theirs: Journey): Merge {
  const my = compare(base, mine);
  const taken = new Map(compare(base, theirs).map((change) => [change.part, change]));
  const conflicts: Conflict[] = [];
  const apply: Change[] = [];
  for (const change of my) {
    const other = taken.get(change.part);
    if (!other || same(other.after, change.after)) {
      apply.push(change);
      continue;
    }
    if (settled(change.part)) continue;
    const { mine, theirs: others, disputed } = mergeFields(change.part, change.before, change.after, other.after);
    if (disputed) conflicts.push({ part: change.part, base: change.before, mine, theirs: others });
    apply.push({ ...change, after: mine });
  }
  return { journey: withChanges(theirs, apply), conflicts };
}
