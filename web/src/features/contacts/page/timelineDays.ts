import type { Line, LineKind } from './useTimelineLines';

export const KINDS = ['event', 'journey', 'change', 'segment', 'note'] as const satisfies readonly LineKind[];

export interface Moment {
  cursor: string;
  at: string;
  lines: readonly Line[];
}

export interface Day {
  day: string;
  rows: { key: string; at: string; line: Line }[];
}

/** What came about, by day and in its order; of the wanted kinds alone, or of all where none is wanted. A day without any is left out. */
export function daysOf(moments: readonly Moment[], dayOf: (at: string) => string, kinds: ReadonlySet<LineKind>): Day[] {
  const days = new Map<string, Day>();
  for (const { cursor, at, lines } of moments)
    for (const [index, line] of lines.entries()) {
      if (kinds.size > 0 && !kinds.has(line.kind)) continue;
      const day = dayOf(at);
      const found = days.get(day) ?? { day, rows: [] };
      found.rows.push({ key: `${cursor}.${index}`, at, line });
      days.set(day, found);
    }
  return [...days.values()];
}
