import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';

export type Day = Schemas['DayFigures'];

const askMs = 60_000;

/** What came about on each of the last days in all journeys; the last is today. */
export function useDays(): readonly Day[] {
  return (
    useQuery({
      queryKey: ['journey-days'],
      refetchInterval: askMs,
      queryFn: ({ signal }) => take(api.GET('/api/v1/journeys/days', { signal })),
    }).data ?? []
  );
}
