import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '@/api/problem';

/** Tried again is what may go better the next time: no answer, or a server that asks for patience. */
function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && (!(error instanceof ProblemError) || error.status === 0 || error.status === 503);
}

/** A session that ended meanwhile (signed out elsewhere, password changed): sign in, and come back here. */
function leaveWhenSignedOut(error: unknown): void {
  if (!(error instanceof ProblemError) || error.status !== 401 || window.location.pathname === '/sign-in') return;
  window.location.assign(`/sign-in?back=${encodeURIComponent(window.location.pathname + window.location.search)}`);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthRetrying },
    mutations: { retry: false },
  },
});
