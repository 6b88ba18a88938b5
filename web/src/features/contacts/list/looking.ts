import type { Condition } from '@/ui/conditions/condition';
import type { View } from './useViews';

/** How one looks at the contacts: whom one sees, and what of them. */
export interface Looking {
  search: string;
  condition: Condition | undefined;
  /** Properties that have a column. */
  columns: readonly string[];
  /** Only those that are archived, or only those that are not; both without it. */
  archived?: boolean;
}

export function lookingOf(view: Pick<View, 'search' | 'condition' | 'columns'> & Partial<Pick<View, 'archived'>>): Looking {
  return {
    search: view.search ?? '',
    condition: (view.condition as Condition | null | undefined) ?? undefined,
    columns: view.columns,
    archived: view.archived ?? undefined,
  };
}

/** Whether one looks in another way than the view says. */
export function differs(a: Looking, b: Looking): boolean {
  return (
    JSON.stringify([a.search.trim(), a.condition ?? null, a.columns, a.archived ?? null]) !==
    JSON.stringify([b.search.trim(), b.condition ?? null, b.columns, b.archived ?? null])
  );
}

const columnsKey = 'parcours.contact-columns';

/** The columns that this browser shows where no view says which. */
export function keptColumns(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(columnsKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

export function keepColumns(columns: readonly string[]): void {
  localStorage.setItem(columnsKey, JSON.stringify(columns));
}
