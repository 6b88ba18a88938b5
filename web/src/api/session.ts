import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, take } from './client';

export type Me = Schemas['MeView'];

/** Who is signed in in this browser, if anybody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/session', { signal })),
  staleTime: 60_000,
});
