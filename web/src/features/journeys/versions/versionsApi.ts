import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';

export type Version = Schemas['VersionView'];

const pageLength = 25;

export const getVersions = (id: string, after: string | undefined) =>
  take(api.GET('/api/v1/journeys/{id}/versions', { params: { path: { id }, query: { limit: pageLength, after } } }));

/** What a version changed of the one before; without `to`, what the draft changes, and who stands where. */
export const getChanges = (id: string, from?: number, to?: number) =>
  take(api.GET('/api/v1/journeys/{id}/changes', { params: { path: { id }, query: { from, to } } }));

/** What the draft changes of what is live. The draft is known by its revision, the people inside move. */
export const draftChangesQuery = (id: string, revision: number) =>
  queryOptions({
    queryKey: ['journeys', id, 'changes', 'draft', revision],
    staleTime: 0,
    refetchInterval: 5_000,
    queryFn: () => getChanges(id),
  });

export const restoreVersion = (id: string, version: number, revision: number) =>
  take(
    api.POST('/api/v1/journeys/{id}/versions/{version}/restore', {
      params: { path: { id, version }, header: { 'If-Match': `"${revision}"` } },
    }),
  );

export const getStatistics = (id: string) => take(api.GET('/api/v1/journeys/{id}/statistics', { params: { path: { id } } }));
