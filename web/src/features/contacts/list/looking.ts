import type { Condition } from '@/ui/conditions/condition';
import type { View } from './useViews';

/** Columns that the table shows by itself. */
export const BUILT_IN = ['tags', 'journeys', 'since', 'lastSeen'] as const;
export type BuiltIn = (typeof BUILT_IN)[number];

/** How one looks at the contacts: whom one sees, what of them, and in which order. */
export interface Looking {
  search: string;
  condition: Condition | undefined;
  /** Properties that have a column. */
  columns: readonly string[];
  /** Columns that the table shows by itself, and one does not want to see. */
  hidden: readonly BuiltIn[];
  /** By when they came; nothing else has an index. */
  oldestFirst: boolean;
  /** Only those that are archived, or only those that are not; both without it. */
  archived?: boolean;
}

export function lookingOf(
  view: Pick<View, 'search' | 'condition' | 'columns'> & Partial<Pick<View, 'archived' | 'hidden' | 'oldestFirst'>>,
): Looking {
  return {
    search: view.search ?? '',
    condition: (view.condition as Condition | null | undefined) ?? undefined,
    columns: view.columns,
    hidden: view.hidden ?? [],
    oldestFirst: view.oldestFirst ?? false,
    archived: view.archived ?? undefined,
  };
}

/** Whether one looks in another way than the view says. */
export function differs(a: Looking, b: Looking): boolean {
  return said(a) !== said(b);
}

const said = ({ search, condition, columns, hidden, oldestFirst, archived }: Looking) =>
  JSON.stringify([search.trim(), condition ?? null, columns, [...hidden].sort(), oldestFirst, archived ?? null]);

const keys = { columns: 'parcours.contact-columns', hidden: 'parcours.contact-columns-hidden', size: 'parcours.contacts-a-page' };

/** The columns that this browser shows where no view says which. */
export function keptColumns(): Pick<Looking, 'columns' | 'hidden'> {
  const hidden = kept(keys.hidden);
  return { columns: kept(keys.columns), hidden: BUILT_IN.filter((name) => hidden.includes(name)) };
}

export function keepColumns({ columns, hidden }: Pick<Looking, 'columns' | 'hidden'>): void {
  localStorage.setItem(keys.columns, JSON.stringify(columns));
  localStorage.setItem(keys.hidden, JSON.stringify(hidden));
}

function kept(key: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

export const PAGE_SIZES = [25, 50, 100, 200] as const;

/** How many contacts a page has in this browser. */
export function keptPageSize(): number {
  const size = Number(localStorage.getItem(keys.size));
  return PAGE_SIZES.find((one) => one === size) ?? 50;
}

export function keepPageSize(size: number): void {
  localStorage.setItem(keys.size, String(size));
}
