import { useQueries } from '@tanstack/react-query';
import { api, take } from '@/api/client';

/** Contacts by their ids, each as soon as it is here. */
export function useContactsOf(ids: readonly string[]) {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ['contact', id],
      staleTime: 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        take(api.GET('/api/v1/contacts/{id}', { params: { path: { id } }, signal })),
    })),
    combine: (results) => new Map(results.flatMap(({ data }, index) => (data ? [[ids[index] ?? data.id, data] as const] : []))),
  });
}
