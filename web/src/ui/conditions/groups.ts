import type { Condition, GroupCondition } from './condition';
import { isLeaf, negatable } from './phrases';

export type How = 'all' | 'any' | 'none';

/** A condition as the builder shows it: always a group, whose parts are groups or single conditions. */
export interface Group {
  how: How;
  of: Condition[];
}

/** Whether the builder shows it as a group of its own. */
export function isGroup(condition: Condition): boolean {
  if (condition.kind === 'all' || condition.kind === 'any') return true;
  return condition.kind === 'not' && !(isLeaf(condition.of) && negatable(condition.of));
}

export function groupOf(condition: Condition | undefined): Group {
  if (!condition) return { how: 'all', of: [] };
  if (condition.kind === 'all' || condition.kind === 'any') return { how: condition.kind, of: condition.of };
  if (condition.kind === 'not' && isGroup(condition)) {
    const inner = condition.of;
    return { how: 'none', of: inner.kind === 'any' ? inner.of : [inner] };
  }
  return { how: 'all', of: [condition] };
}

/** What is written for a group. One condition under "all" is written as itself. */
export function written(group: Group, inside: boolean): Condition {
  const any: GroupCondition = { kind: 'any', of: group.of };
  if (group.how === 'none') return { kind: 'not', of: any };
  if (group.how === 'any') return any;
  const [only] = group.of;
  return !inside && group.of.length === 1 && only && !isGroup(only) ? only : { kind: 'all', of: group.of };
}

/** A line, by the places that lead to it: `2`, or `2.0` in a group. */
export interface Prefix {
  path: string;
  condition: Condition;
}

/** More would be asked of the server than anybody reads. */
const prefixesMost = 24;

/**
 * The condition up to each of its lines, for counting how many match so far; none where there is one line, which is the whole. Inside of a
 * group the lines before it count with those of the group so far.
 */
export function prefixesOf(group: Group): Prefix[] {
  const prefixes: Prefix[] = [];
  walk(group, '', (inner) => written(inner, false), prefixes);
  return prefixes.length < 2 ? [] : prefixes.slice(0, prefixesMost);
}

function walk(group: Group, path: string, whole: (group: Group) => Condition, prefixes: Prefix[]): void {
  group.of.forEach((condition, at) => {
    const before = group.of.slice(0, at);
    const here = `${path}${at}`;
    if (isGroup(condition) && groupOf(condition).of.length > 1)
      walk(groupOf(condition), `${here}.`, (inner) => whole({ how: group.how, of: [...before, written(inner, true)] }), prefixes);
    prefixes.push({ path: here, condition: whole({ how: group.how, of: [...before, condition] }) });
  });
}
