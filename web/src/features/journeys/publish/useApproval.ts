import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { useMe } from '@/api/useSession';

export type Approval = Schemas['ApprovalView'];
type Order = { ask: Schemas['PublishBody']; revision: number } | { approve: number } | 'withdraw' | { sendBack: string };

/** Whether a second person has to approve, what is asked of whom, and the orders around it. */
export function useApproval(journey: string) {
  const queries = useQueryClient();
  const me = useMe();
  const required = useQuery({
    queryKey: ['approval', 'setting'],
    queryFn: () => take(api.GET('/api/v1/settings/approval')),
  });
  const request = useQuery<Approval | null>({
    queryKey: ['journeys', journey, 'approval'],
    staleTime: 0,
    queryFn: async () => {
      try {
        return await take(api.GET('/api/v1/journeys/{id}/approval', { params: { path: { id: journey } } }));
      } catch (problem) {
        if (problem instanceof ProblemError && problem.status === 404) return null;
        throw problem;
      }
    },
  });
  const act = useMutation<unknown, ProblemError, Order>({
    mutationFn: (order) => {
      const path = { id: journey };
      if (order === 'withdraw') return take(api.DELETE('/api/v1/journeys/{id}/approval', { params: { path } }));
      // By the revision that was looked at: another request may have taken its place since.
      if ('approve' in order)
        return take(
          api.POST('/api/v1/journeys/{id}/approval/approve', {
            params: { path, header: { 'If-Match': `"${order.approve}"` } },
          }),
        );
      if ('sendBack' in order)
        return take(
          api.POST('/api/v1/journeys/{id}/approval/send-back', { params: { path }, body: { comment: order.sendBack } }),
        );
      return take(
        api.POST('/api/v1/journeys/{id}/approval', {
          params: { path, header: { 'If-Match': `"${order.revision}"` } },
          body: order.ask,
        }),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['journeys'] }),
  });
  return { required: required.data?.required === true, request: request.data ?? undefined, act, me: me.email };
}
