import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { foundName } from '@/api/contactName';
import { useLiveLine } from '@/api/live';
import type { ProblemError } from '@/api/problem';

export type Inbox = Schemas['MineView'];
export type Told = Schemas['NotificationView'];

/** What the one who is signed in was told last. The server tells of it by itself; where it cannot, it is asked now and then. */
export function useInbox() {
  const connected = useLiveLine((line) => line.connected);
  return useQuery<Inbox, ProblemError>({
    queryKey: ['inbox'],
    refetchInterval: connected ? false : 30_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/me/inbox', { signal })),
  });
}

/** One has been read; without an id, all. */
export function useRead() {
  const client = useQueryClient();
  return useMutation<Inbox, ProblemError, string | undefined>({
    mutationFn: (id) =>
      id === undefined
        ? take(api.POST('/api/v1/me/notifications/read'))
        : take(api.POST('/api/v1/me/notifications/{id}/read', { params: { path: { id } } })),
    onSuccess: (inbox) => {
      client.setQueryData(['inbox'], inbox);
      return client.invalidateQueries({ queryKey: ['notifications'] });
    },
  });
}

/** What was told since the last look and is not read. */
export function newlyTold(before: Inbox | undefined, now: Inbox): Told[] {
  if (!before) return [];
  const known = new Set(before.newest.map(({ id }) => id));
  return now.newest.filter(({ id, readAt }) => !known.has(id) && !readAt);
}

/** Whom it is about, as people call them. */
export function whoIs({ contact }: Told): string | null {
  return contact ? foundName(contact) : null;
}
