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

/** The condition up to each of its lines, for counting how many match so far; none where there is one line, which is the whole. */
export function prefixesOf(group: Group): Condition[] {
  if (group.of.length < 2) return [];
  return group.of.map((_, at) => written({ how: group.how, of: group.of.slice(0, at + 1) }, false));
}
