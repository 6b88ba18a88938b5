import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toastFailed, toastSaved } from '@/ui/toasts';

/** An act on one journey: the list is asked anew, and a refusal is told. */
function useAct<Order>(act: (order: Order) => Promise<unknown>, done?: (order: Order) => string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, Order>({
    mutationFn: act,
    onSuccess: (_, order) => {
      if (done) toastSaved(done(order));
    },
    onError: (problem) =>
      toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message || t('frame.failure.broken.title')),
    onSettled: () => client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

const at = (id: string) => ({ params: { path: { id } } });

export function useDeleteJourney() {
  const { t } = useTranslation();
  return useAct(
    (id: string) => take(api.DELETE('/api/v1/journeys/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    () => t('journeys.menu.deleted'),
  );
}

/** A copy is a new draft, whatever the first one is doing. It opens at once. */
export function useDuplicateJourney() {
  const navigate = useNavigate();
  return useAct(async ({ id, name }: { id: string; name: string }) => {
    const copy = await take(api.POST('/api/v1/journeys/{id}/duplicate', { ...at(id), body: { name } }));
    await navigate(`/journeys/${copy.id}`);
  });
}

export function useArchiveJourney() {
  const { t } = useTranslation();
  return useAct(
    (id: string) => take(api.POST('/api/v1/journeys/{id}/archive', at(id))),
    () => t('journeys.menu.archived'),
  );
}

export function useUnarchiveJourney() {
  return useAct((id: string) => take(api.POST('/api/v1/journeys/{id}/unarchive', at(id))));
}

export function useLabelJourney() {
  return useAct(({ id, labels }: { id: string; labels: string[] }) =>
    take(api.PUT('/api/v1/journeys/{id}/labels', { ...at(id), body: { labels } })),
  );
}
