import { useQueries, useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import type { Deciding } from './decided';

export function useWhy(contact: string, journey: string | null, enrolment: string | undefined) {
  return useQuery<Schemas['WhyView'], ProblemError>({
    queryKey: ['contact', contact, 'why', journey, enrolment],
    enabled: journey !== null,
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/contacts/{id}/why', {
          params: { path: { id: contact }, query: { journey: journey ?? '', enrolment } },
          signal,
        }),
      ),
  });
}

/** The published versions by which decisions of a trip are told. */
export function useVersions(journey: string, versions: readonly number[]): ReadonlyMap<number, Deciding> {
  return useQueries({
    queries: versions.map((version) => ({
      queryKey: ['journeys', journey, 'versions', version, 'view'],
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: () => take(api.GET('/api/v1/journeys/{id}/versions/{version}', { params: { path: { id: journey, version } } })),
    })),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data ? [[data.version, data.definition as Deciding] as const] : []))),
  });
}
