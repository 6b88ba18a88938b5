import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { sandboxCountQuery } from '@/api/sandbox';

/** The mailbox was looked at: the navigation counts what comes from now on. */
export function useLookAtSandbox() {
  const client = useQueryClient();
  return useMutation<Schemas['SandboxCountView'], ProblemError>({
    mutationFn: () => take(api.POST('/api/v1/sandbox/seen')),
    onSuccess: (count) => client.setQueryData(sandboxCountQuery.queryKey, count),
  });
}
