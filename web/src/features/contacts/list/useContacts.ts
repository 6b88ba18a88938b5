import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';

export type Contact = Schemas['ContactView'];

/** Whom one looks at: by beginnings of names and identities, and by a condition. */
export interface ContactFilter {
  search: string;
  condition: unknown;
  /** Only those that are archived, or only those that are not; both without it. */
  archived?: boolean;
}

export const isEverybody = ({ search, condition, archived }: ContactFilter) =>
  search.trim() === '' && condition === undefined && archived === undefined;

/** A page of contacts, newest or oldest first. */
export function useContacts(
  { search, condition, archived }: ContactFilter,
  { after, oldestFirst, size }: { after: string | undefined; oldestFirst: boolean; size: number },
) {
  return useQuery<Schemas['ContactPage'], ProblemError>({
    queryKey: ['contacts', search, condition, archived, oldestFirst, size, after],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      take(
        api.POST('/api/v1/contacts/search', {
          body: {
            search: search.trim() || null,
            condition: condition ?? null,
            archived: archived ?? null,
            after: after ?? null,
            limit: size,
            oldestFirst,
          },
          signal,
        }),
      ),
  });
}

/** How many the filter finds, seen or not: counted in the background, and asked again until all were looked at. */
export function useFoundCount({ search, condition, archived }: ContactFilter): { people: number; exact: boolean } | undefined {
  const { data } = useQuery(
    queryOptions<Schemas['CountView'], ProblemError>({
      queryKey: ['contacts', 'count', search, condition, archived],
      retry: false,
      refetchInterval: ({ state }) => (state.data && !state.data.complete ? 1_000 : false),
      queryFn: ({ signal }) =>
        take(
          api.POST('/api/v1/contacts/count', {
            body: { search: search.trim() || null, condition: condition ?? null, archived: archived ?? null },
            signal,
          }),
        ),
    }),
  );
  const people = data?.matches ?? data?.about;
  return data && typeof people === 'number' ? { people, exact: data.complete } : undefined;
}
