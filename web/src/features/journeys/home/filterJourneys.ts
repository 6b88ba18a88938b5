import { matchesWords } from '@/lib/matchesWords';
import type { JourneyRow } from './useJourneys';

export const TABS = ['all', 'live', 'draft', 'paused', 'ended', 'archived'] as const;
export type Tab = (typeof TABS)[number];

export const ORDERS = ['updated', 'name', 'started', 'inProgress', 'completed'] as const;
export type Order = (typeof ORDERS)[number];

export interface Filter {
  tab: Tab;
  search: string;
  order: Order;
  /** Only those that bear it; empty: whatever they bear. */
  label: string;
}

/** "All" leaves out what was put away; a journey that fills its segments is as good as live. */
export function isIn(tab: Tab, { status }: Pick<JourneyRow, 'status'>): boolean {
  if (tab === 'all') return status !== 'archived';
  if (tab === 'live') return status === 'live' || status === 'filling';
  return status === tab;
}

/** Searches in the name, the description, the labels and the id. */
export function matches(
  search: string,
  { name, description, id, labels }: Pick<JourneyRow, 'name' | 'description' | 'id' | 'labels'>,
): boolean {
  return matchesWords(search, `${name} ${description ?? ''} ${id} ${(labels ?? []).join(' ')}`);
}

export function filterJourneys(journeys: readonly JourneyRow[], { tab, search, order, label }: Filter): JourneyRow[] {
  return journeys
    .filter((journey) => isIn(tab, journey) && (!label || (journey.labels ?? []).includes(label)) && matches(search, journey))
    .sort(comparers[order]);
}

const byName = (a: JourneyRow, b: JourneyRow) => a.name.localeCompare(b.name);
const byFigure = (figure: 'started' | 'inProgress' | 'completed') => (a: JourneyRow, b: JourneyRow) =>
  (b.figures?.[figure] ?? 0) - (a.figures?.[figure] ?? 0) || byName(a, b);

const comparers: Record<Order, (a: JourneyRow, b: JourneyRow) => number> = {
  updated: (a, b) => b.updatedAt.localeCompare(a.updatedAt) || byName(a, b),
  name: byName,
  started: byFigure('started'),
  inProgress: byFigure('inProgress'),
  completed: byFigure('completed'),
};

/** Labels of the journeys, each once. */
export function labelsOf(journeys: readonly JourneyRow[]): string[] {
  return [...new Set(journeys.flatMap(({ labels }) => labels ?? []))].sort((a, b) => a.localeCompare(b));
}

/** What runs or will run, and, where one looks at all of them, what has ended by itself: those are folded. */
export function foldEnded(
  journeys: readonly JourneyRow[],
  { tab, search, label }: Filter,
): { shown: JourneyRow[]; ended: JourneyRow[] } {
  const folds = tab === 'all' && !search && !label;
  const shown = journeys.filter(({ status }) => !folds || status !== 'ended');
  // Nothing but ended ones is no reason to show an empty list.
  return shown.length === 0
    ? { shown: [...journeys], ended: [] }
    : { shown, ended: journeys.filter((one) => !shown.includes(one)) };
}
