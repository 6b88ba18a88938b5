import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';

export type JourneyRow = Schemas['JourneyView'];

const PAGE = 500;

/** All journeys: there are hundreds at most, so they are searched and sorted here. The figures move while one looks on. */
export function useJourneys() {
  return useQuery({
    queryKey: ['journeys'],
    refetchInterval: 2_000,
    queryFn: async ({ signal }) => {
      const all: JourneyRow[] = [];
      let after: string | undefined;
      do {
        const page = await take(
          api.GET('/api/v1/journeys', { params: { query: { limit: PAGE, after, definition: true } }, signal }),
        );
        all.push(...page.items);
        after = page.next ?? undefined;
      } while (after);
      return all;
    },
  });
}
