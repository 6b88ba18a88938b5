export type DueGroup = 'overdue' | 'today' | 'week' | 'later' | 'anyTime';

/** Under which heading a task stands, as the reader's calendar has it. */
export function dueGroup({ due, overdue }: { due?: string | null; overdue: boolean }, now: Date): DueGroup {
  if (!due) return 'anyTime';
  if (overdue) return 'overdue';
  const at = new Date(due);
  if (at < startOfDay(now, 1)) return 'today';
  return at < startOfDay(now, 7) ? 'week' : 'later';
}

/** Midnight so many days from now, by the reader's clock. */
function startOfDay(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** Tomorrow at nine, when people begin. */
export function tomorrowAtNine(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9);
}

/** Neighbours of one group together, in the order in which they come. */
export function grouped<T>(items: readonly T[], groupOf: (item: T) => DueGroup): { group: DueGroup; items: T[] }[] {
  const groups: { group: DueGroup; items: T[] }[] = [];
  for (const item of items) {
    const group = groupOf(item);
    const last = groups.at(-1);
    if (last?.group === group) last.items.push(item);
    else groups.push({ group, items: [item] });
  }
  return groups;
}
