import { useQuery } from '@tanstack/react-query';
import { api, take } from '@/api/client';

export function useJourneys() {
  return useQuery({
    queryKey: ['journeys'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/journeys', { params: { query: { limit: 200 } }, signal })),
  });
}
