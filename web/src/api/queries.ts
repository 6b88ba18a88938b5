import { queryOptions } from '@tanstack/react-query';
import { rememberActions } from '@/lib/knownActions';
import { api, take } from './client';

/** Catalogues that several features read. They are small: read whole, and kept for a while. */
const KEEP = 30_000;

async function everything<Item>(
  page: (after: string | undefined) => Promise<{ items: Item[]; next?: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await page(after);
    all.push(...items);
    after = next ?? undefined;
  } while (after);
  return all;
}

const query = (after: string | undefined) => ({ params: { query: { limit: 500, after } } });

export const propertiesQuery = queryOptions({
  queryKey: ['properties'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/properties', query(after)))),
});
/** About how many contacts there are in all. */
export const contactsAboutQuery = queryOptions({
  queryKey: ['contacts', 'about'],
  staleTime: 10_000,
  queryFn: ({ signal }) => take(api.GET('/api/v1/contacts/about', { signal })),
});
export const listsQuery = queryOptions({
  queryKey: ['lists'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/lists', query(after)))),
});
export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/tags', query(after)))),
});
export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/topics', query(after)))),
});
export const capsQuery = queryOptions({
  queryKey: ['caps'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/caps', query(after)))),
});
export const quietQuery = queryOptions({
  queryKey: ['quiet-hours'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/quiet-hours', query(after)))),
});
export const holidaysQuery = (year: number) =>
  queryOptions({
    queryKey: ['holidays', year],
    staleTime: KEEP,
    queryFn: () =>
      everything((after) => take(api.GET('/api/v1/holidays', { params: { query: { ...query(after).params.query, year } } }))),
  });
export const poolsQuery = queryOptions({
  queryKey: ['coupons'],
  // What is left of them changes by itself.
  staleTime: 5_000,
  queryFn: () => everything((after) => take(api.GET('/api/v1/coupons', query(after)))),
});
export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/segments', query(after)))),
});
export const contentsQuery = queryOptions({
  queryKey: ['content'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/content', query(after)))),
});

export const usersQuery = queryOptions({
  queryKey: ['users', 'all'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/users', query(after)))),
});

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/teams', query(after)))),
});

export const secretsQuery = queryOptions({
  queryKey: ['secrets'],
  staleTime: KEEP,
  queryFn: () => everything((after) => take(api.GET('/api/v1/secrets', query(after)))),
});

export const actionsQuery = queryOptions({
  queryKey: ['actions'],
  staleTime: KEEP,
  queryFn: async () => {
    const actions = await everything((after) => take(api.GET('/api/v1/actions', query(after))));
    rememberActions(actions);
    return actions;
  },
});

export const hooksQuery = queryOptions({
  queryKey: ['hooks'],
  queryFn: () => everything((after) => take(api.GET('/api/v1/hooks', query(after)))),
});

/** Journeys by id, for their names where something else tells of them. */
export const journeyNamesQuery = queryOptions({
  queryKey: ['journey-names'],
  staleTime: KEEP,
  queryFn: async () =>
    new Map(
      (await everything((after) => take(api.GET('/api/v1/journeys', query(after))))).map(({ id, name, status }) => [
        id,
        { name, status },
      ]),
    ),
});

export const journeyQuery = (id: string) =>
  queryOptions({
    queryKey: ['journey', id],
    staleTime: KEEP,
    queryFn: ({ signal }) => take(api.GET('/api/v1/journeys/{id}', { params: { path: { id } }, signal })),
  });

/** The clock by which everything happens; with a virtual one, "now" is not the reader's now. */
export const clockQuery = queryOptions({
  queryKey: ['clock'],
  staleTime: KEEP,
  queryFn: ({ signal }) => take(api.GET('/api/v1/clock', { signal })),
});
