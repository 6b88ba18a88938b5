import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { useLiveLine } from '@/api/live';
import type { ProblemError } from '@/api/problem';

export type Work = Schemas['WorkView'];

/** What goes on in the background, and what is over. The server tells of it by itself; where it cannot, it is asked, often while something runs. */
export function useWork() {
  const connected = useLiveLine((line) => line.connected);
  return useQuery<Work[], ProblemError>({
    queryKey: ['work'],
    refetchInterval: ({ state }) => (connected ? false : state.data?.some(isRunning) ? 1_000 : 10_000),
    queryFn: ({ signal }) => take(api.GET('/api/v1/work', { signal })),
  });
}

export const isRunning = ({ status }: Work) => status === 'running';
