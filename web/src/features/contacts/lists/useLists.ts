import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';

export type ListRow = Schemas['DocumentViewOfListBody'];

/** How many are on each list, by its id; a list with nobody is not there. */
export function useListCounts() {
  return useQuery({
    queryKey: ['lists', 'counts'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/seen/lists', { signal })),
    select: (counts) => new Map(counts.map(({ name, contacts }) => [name, contacts])),
  });
}

export function useSaveList() {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, { id: string; revision: number | null; body: Schemas['ListBody'] }>({
    mutationFn: ({ id, revision, body }) =>
      take(
        api.PUT('/api/v1/lists/{id}', {
          params: { path: { id }, header: revision === null ? {} : { 'If-Match': `"${revision}"` } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lists'] }),
  });
}

export function useDeleteList() {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, string>({
    mutationFn: (id) => take(api.DELETE('/api/v1/lists/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lists'] }),
  });
}
