import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { useLiveLine } from '@/api/live';

export type JourneyRow = Schemas['JourneyView'];

const PAGE = 500;

/** Figures are told by the server within a second; names, states and labels that others change are asked for now and then. */
const askMs = { told: 15_000, alone: 2_000 };

/** All journeys: there are hundreds at most, so they are searched and sorted here. The figures move while one looks on. */
export function useJourneys() {
  const connected = useLiveLine((line) => line.connected);
  return useQuery({
    queryKey: ['journeys'],
    refetchInterval: connected ? askMs.told : askMs.alone,
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
