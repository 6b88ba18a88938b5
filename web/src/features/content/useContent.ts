import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';

export type Content = Schemas['ContentView'];

export function useContent(name: string, enabled = true) {
  return useQuery({
    queryKey: ['content', name],
    enabled,
    queryFn: ({ signal }) => take(api.GET('/api/v1/content/{name}', { params: { path: { name } }, signal })),
  });
}

/** Saves over the revision that was read; without one it must be new. */
export function useSaveContent(name: string) {
  const client = useQueryClient();
  return useMutation<Content, ProblemError, { document: Record<string, unknown>; revision: number | null; as?: string }>({
    mutationFn: ({ document, revision, as }) =>
      take(
        api.PUT('/api/v1/content/{name}', {
          params: { path: { name: as ?? name }, header: revision === null ? {} : { 'If-Match': `"${revision}"` } },
          body: document,
        }),
      ),
    onSuccess: (saved) => {
      client.setQueryData(['content', saved.name], saved);
      return client.invalidateQueries({ queryKey: ['content'], exact: true });
    },
  });
}

export function useDeleteContent() {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, string>({
    mutationFn: (name) => take(api.DELETE('/api/v1/content/{name}', { params: { path: { name }, header: { 'If-Match': '*' } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['content'], exact: true }),
  });
}
