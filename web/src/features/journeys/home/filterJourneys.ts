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
}

/** "All" leaves out what was put away; a journey that fills its segments is as good as live. */
export function isIn(tab: Tab, { status }: Pick<JourneyRow, 'status'>): boolean {
  if (tab === 'all') return status !== 'archived';
  if (tab === 'live') return status === 'live' || status === 'filling';
  return status === tab;
}

/** Searches in the name, the description and the id. */
export function matches(search: string, { name, description, id }: Pick<JourneyRow, 'name' | 'description' | 'id'>): boolean {
  return matchesWords(search, `${name} ${description ?? ''} ${id}`);
}

export function filterJourneys(journeys: readonly JourneyRow[], { tab, search, order }: Filter): JourneyRow[] {
  return journeys.filter((journey) => isIn(tab, journey) && matches(search, journey)).sort(comparers[order]);
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
