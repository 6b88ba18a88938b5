import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/api/problem';

/** Tried again is what may go better the next time: no answer, or a server that asks for patience. */
function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && (!(error instanceof ProblemError) || error.status === 0 || error.status === 503);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthRetrying },
    mutations: { retry: false },
  },
});
