import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { toastFailed, toastSaved } from '@/ui/toasts';

export type BulkOrder =
  | { kind: 'tags'; add?: string[]; remove?: string[] }
  | { kind: 'list'; list: string }
  | { kind: 'journey'; journey: string };

/** So many at once: the server takes more, and a page of contacts has no more than a few rounds of them. */
const AT_ONCE = 6;

/** The same order for each contact; those who could not be changed are counted and told, the others are done. */
export function useBulk(onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, order }: { ids: readonly string[]; order: BulkOrder }) => {
      const [waiting, refused] = [[...ids], [] as ProblemError[]];
      const work = async () => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
          try {
            await carryOut(id, order);
          } catch (error) {
            if (!(error instanceof ProblemError) || error.status === 0 || error.status >= 500) throw error;
            refused.push(error);
          }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return {
        done: ids.length - refused.length,
        refused: refused.length,
        why: refused[0]?.reasons[0]?.text ?? refused[0]?.message ?? '',
      };
    },
    onSuccess: ({ done, refused, why }) => {
      if (done > 0) toastSaved(t('contacts.bulk.done', { count: done }));
      if (refused > 0) toastFailed(t('contacts.bulk.refused', { count: refused, why }));
      onDone();
    },
    onError: () => toastFailed(t('frame.failure.broken.title')),
    onSettled: () => client.invalidateQueries({ queryKey: ['contacts'] }),
  });
}

function carryOut(id: string, order: BulkOrder): Promise<unknown> {
  switch (order.kind) {
    case 'tags':
      return take(
        api.PATCH('/api/v1/contacts/{id}', {
          params: { path: { id } },
          body: { tags: { add: order.add ?? null, remove: order.remove ?? null } },
        }),
      );
    case 'list':
      return take(
        api.PATCH('/api/v1/contacts/{id}', { params: { path: { id } }, body: { lists: { add: [order.list], remove: null } } }),
      );
    case 'journey':
      return take(
        api.POST('/api/v1/journeys/{id}/enrolments', { params: { path: { id: order.journey } }, body: { contact: id } }),
      );
    default:
      return order satisfies never;
  }
}
