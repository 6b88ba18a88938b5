import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toastFailed, toastSaved } from '@/ui/toasts';

/** What is sent to save a document: without a revision it must be a new one. */
export type Save<Body> = { id: string; revision: number | null; body: Body };
export const ifMatch = (revision: number | null) => (revision === null ? {} : { 'If-Match': `"${revision}"` });

/**
 * An order to the server: says that it is done, and has what it changed read anew.
 * `quiet`: whoever orders says what went wrong, at the field concerned.
 */
export function useAct<Order, Answer = unknown>(
  queryKey: string,
  act: (order: Order) => Promise<Answer>,
  done: string | null,
  quiet = false,
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<Answer, ProblemError, Order>({
    mutationFn: act,
    onSuccess: () => {
      if (done) toastSaved(done);
      return client.invalidateQueries({ queryKey: [queryKey] });
    },
    onError: (problem) => {
      if (!quiet)
        toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message || t('frame.failure.broken.title'));
    },
  });
}
