import { useQuery } from '@tanstack/react-query';
import { clockQuery } from '@/api/queries';

export const periods = ['all', 'today', 'week', 'month', 'quarter'] as const;
export type Period = (typeof periods)[number];

const days: Record<Exclude<Period, 'all'>, number> = { today: 1, week: 7, month: 30, quarter: 90 };
const dayMs = 86_400_000;

/** When a period of so many days began that ends now: figures are kept by the day (UTC). */
export function sinceOf(period: Period, now: string): string | undefined {
  if (period === 'all') return undefined;
  const today = Math.floor(Date.parse(now) / dayMs) * dayMs;
  return new Date(today - (days[period] - 1) * dayMs).toISOString();
}

/** By the server's clock, which may be a virtual one; undefined: from the beginning, and as long as the clock is not known. */
export function useSince(period: Period): string | undefined {
  const clock = useQuery({ ...clockQuery, enabled: period !== 'all' }).data;
  return clock && sinceOf(period, clock.now);
}
