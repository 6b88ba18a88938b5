import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toastFailed } from '@/ui/toasts';
import type { Contact } from './useContact';

/** What keeps the contact out of a journey, or of all. */
export type Standing = { bar: string; remove: boolean } | { letIn: string } | { archive: boolean };

/** Orders it; all that shows the contact is asked anew. */
export function useStanding(id: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<Contact, ProblemError, Standing>({
    mutationFn: (order) => {
      if ('bar' in order)
        return take(
          api.PUT('/api/v1/contacts/{id}/bars/{journey}', {
            params: { path: { id, journey: order.bar } },
            body: { remove: order.remove },
          }),
        );
      if ('letIn' in order)
        return take(api.DELETE('/api/v1/contacts/{id}/bars/{journey}', { params: { path: { id, journey: order.letIn } } }));
      const params = { path: { id } };
      return take(
        order.archive
          ? api.PUT('/api/v1/contacts/{id}/archive', { params })
          : api.DELETE('/api/v1/contacts/{id}/archive', { params }),
      );
    },
    onSuccess: (contact) => {
      client.setQueryData(['contact', id], contact);
      return Promise.all([
        client.invalidateQueries({ queryKey: ['contact', id] }),
        client.invalidateQueries({ queryKey: ['contacts'] }),
      ]);
    },
    onError: (problem) =>
      toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message || t('frame.failure.broken.title')),
  });
}
