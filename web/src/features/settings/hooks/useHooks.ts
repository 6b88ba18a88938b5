import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { toastFailed, toastSaved } from '@/ui/toasts';

type Hook = Schemas['HookView'];

function useAct<Order, Answer>(act: (order: Order) => Promise<Answer>, done: string, quiet = false) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<Answer, ProblemError, Order>({
    mutationFn: act,
    onSuccess: () => {
      toastSaved(done);
      return client.invalidateQueries({ queryKey: ['hooks'] });
    },
    onError: (problem) => {
      if (!quiet) toastFailed(problem.message || t('frame.failure.broken.title'));
    },
  });
}

export function useSaveHook() {
  const { t } = useTranslation();
  return useAct<{ id: string; revision: number | null; body: Schemas['HookBody'] }, Hook>(
    ({ id, revision, body }) =>
      take(
        api.PUT('/api/v1/hooks/{id}', {
          params: { path: { id }, header: revision === null ? {} : { 'If-Match': `"${revision}"` } },
          body,
        }),
      ),
    t('settings.saved'),
    true,
  );
}

export function useDeleteHook() {
  const { t } = useTranslation();
  return useAct(
    (id: string) => take(api.DELETE('/api/v1/hooks/{id}', { params: { path: { id }, header: { 'If-Match': '*' } } })),
    t('settings.deleted'),
  );
}

export function useRotateHook() {
  const { t } = useTranslation();
  return useAct<string, Hook>(
    (id) => take(api.POST('/api/v1/hooks/{id}/rotate', { params: { path: { id } } })),
    t('settings.hooks.rotated'),
  );
}
