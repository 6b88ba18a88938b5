import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, take } from './client';
import type { ProblemError } from './problem';

/** How many mails stay in the sandbox that one has not looked at. */
export const sandboxCountQuery = queryOptions<Schemas['SandboxCountView'], ProblemError>({
  queryKey: ['sandbox-count'],
  refetchInterval: 30_000,
  staleTime: 10_000,
  queryFn: ({ signal }) => take(api.GET('/api/v1/sandbox/count', { signal })),
});
