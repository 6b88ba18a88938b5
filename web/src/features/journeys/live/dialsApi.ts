import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { toastFailed, toastSaved } from '@/ui/toasts';

type Dials = Schemas['DialsView'];

const keyOf = (id: string) => ['journeys', id, 'dials'];

/** What can be set of a journey while it runs, and what was. */
export function useDials(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () => take(api.GET('/api/v1/journeys/{id}/dials', { params: { path: { id } } })),
  });
}

/** The shares of a split, or the entry rate; without one, as many as come. */
export type Setting = { point: string; paths: Schemas['PathShareBody'][] } | { rate: Schemas['EntryRateBody'] | undefined };

export function useSetDial(id: string) {
  const { t } = useSay();
  const queries = useQueryClient();
  return useMutation<Dials, Error, Setting>({
    mutationFn: (set) => {
      if ('point' in set)
        return take(
          api.PUT('/api/v1/journeys/{id}/splits/{point}/shares', {
            params: { path: { id, point: set.point } },
            body: { paths: set.paths },
          }),
        );
      const path = { params: { path: { id } } };
      return set.rate
        ? take(api.PUT('/api/v1/journeys/{id}/entry-rate', { ...path, body: set.rate }))
        : take(api.DELETE('/api/v1/journeys/{id}/entry-rate', path));
    },
    onSuccess: (dials) => {
      queries.setQueryData(keyOf(id), dials);
      toastSaved(t('map.dials.done'));
    },
    onError: (error) => {
      const [reason] = error instanceof ProblemError ? error.reasons : [];
      toastFailed(reason ? reasonText(t, reason) : error.message);
    },
  });
}
