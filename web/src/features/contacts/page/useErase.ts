import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toastFailed, toastSaved } from '@/ui/toasts';

/** Erases the contact for good, and leaves its page, which is nobody's any more. */
export function useErase(id: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation<unknown, ProblemError, void>({
    mutationFn: () => take(api.DELETE('/api/v1/contacts/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await navigate('/contacts', { replace: true });
      toastSaved(t('contacts.erase.done'));
      client.removeQueries({ queryKey: ['contact', id] });
      await client.invalidateQueries({ queryKey: ['contacts'] });
    },
    onError: (problem) =>
      toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message || t('frame.failure.broken.title')),
  });
}
