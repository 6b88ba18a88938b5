import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';

export type Segment = Schemas['SegmentView'];

/** Members come and go while one looks on; one that fills is followed closely. */
export function useSegment(name: string, enabled = true) {
  return useQuery<Segment, ProblemError>({
    queryKey: ['segments', name],
    enabled,
    refetchInterval: ({ state }) => (state.data?.filling ? 1_000 : 5_000),
    queryFn: ({ signal }) => take(api.GET('/api/v1/segments/{name}', { params: { path: { name } }, signal })),
  });
}

export function useSaveSegment() {
  const client = useQueryClient();
  return useMutation<Segment, ProblemError, { name: string; revision: number | null; body: Schemas['SegmentBody'] }>({
    mutationFn: ({ name, revision, body }) =>
      take(
        api.PUT('/api/v1/segments/{name}', {
          params: { path: { name }, header: revision === null ? {} : { 'If-Match': `"${revision}"` } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['segments'] }),
  });
}

export function useDeleteSegment() {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, string>({
    mutationFn: (name) =>
      take(api.DELETE('/api/v1/segments/{name}', { params: { path: { name }, header: { 'If-Match': '*' } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['segments'], exact: true }),
  });
}
