import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import type { Journey } from './definition/journey';

/** A journey with its draft, its state and its figures. */
export function useJourney(id: string) {
  return useQuery({
    queryKey: ['journeys', id],
    queryFn: () => take(api.GET('/api/v1/journeys/{id}', { params: { path: { id } } })),
    // While it gets ready or changes its state the server knows first.
    refetchInterval: (query) => (query.state.data?.status === 'filling' ? 1_000 : 30_000),
  });
}

/** The definition as it was published: it never changes. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['journeys', id, 'versions', version],
    enabled: version > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      take(api.GET('/api/v1/journeys/{id}/versions/{version}', { params: { path: { id, version } } })).then(
        (view) => view.definition as Journey,
      ),
  });

export function useVersion(id: string, version: number) {
  return useQuery(versionQuery(id, version));
}
