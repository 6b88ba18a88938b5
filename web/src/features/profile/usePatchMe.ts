import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { type Me, sessionQuery } from '@/api/session';

export function usePatchMe() {
  const putMe = usePutMe();
  return useMutation<Me, ProblemError, Schemas['MeBody']>({
    mutationFn: (body) => take(api.PATCH('/api/v1/me', { body })),
    onSuccess: putMe,
  });
}

/** What the server answers about the person takes the place of what was known. */
export function usePutMe() {
  const client = useQueryClient();
  return (me: Me) => client.setQueryData(sessionQuery.queryKey, { signedIn: true, needsSetUp: false, me });
}
