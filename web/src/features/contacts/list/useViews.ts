import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toastFailed } from '@/ui/toasts';

/** A filter of contacts that somebody gave a name. */
export type View = Schemas['SavedViewView'];
export type ViewBody = Schemas['SavedViewBody'];

const key = ['contact-views'];

export function useViews() {
  return useQuery<View[], ProblemError>({
    queryKey: key,
    staleTime: 10_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/contacts/views', { signal })),
  });
}

function useChange<Order, Answer>(change: (order: Order) => Promise<Answer>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<Answer, ProblemError, Order>({
    mutationFn: change,
    onError: (problem) =>
      toastFailed(
        problem.status === 412
          ? t('contacts.views.conflict')
          : problem.reasons[0]
            ? reasonText(t, problem.reasons[0])
            : problem.message || t('frame.failure.broken.title'),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useCreateView() {
  return useChange((body: ViewBody) => take(api.POST('/api/v1/contacts/views', { body })));
}

export function useChangeView() {
  return useChange(({ view, ...change }: { view: View } & Partial<ViewBody>) =>
    take(
      api.PUT('/api/v1/contacts/views/{id}', {
        params: { path: { id: view.id }, header: { 'If-Match': `"${view.revision}"` } },
        body: { ...bodyOf(view), ...change },
      }),
    ),
  );
}

export function useDeleteView() {
  return useChange((id: string) => take(api.DELETE('/api/v1/contacts/views/{id}', { params: { path: { id } } })));
}

export const bodyOf = ({ name, search, condition, shared, columns, archived, hidden, oldestFirst }: View): ViewBody => ({
  name,
  search,
  condition,
  shared,
  columns,
  archived,
  hidden,
  oldestFirst,
});
