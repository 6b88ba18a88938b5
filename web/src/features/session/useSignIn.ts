import { useMutation } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import type { Me } from '@/api/session';

export type Credentials = Schemas['SignInBody'];

export function useSignIn() {
  return useMutation<Me, ProblemError, Credentials>({ mutationFn: (body) => take(api.POST('/api/v1/session', { body })) });
}
