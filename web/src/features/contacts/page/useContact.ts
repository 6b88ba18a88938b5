import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { useMe } from '@/api/useSession';

export type Contact = Schemas['ContactView'];
export type Enrolment = Schemas['EnrolmentView'];

const path = (id: string) => ({ path: { id } });

export function useContact(id: string, enabled = true) {
  return useQuery({
    queryKey: ['contact', id],
    enabled,
    queryFn: ({ signal }) => take(api.GET('/api/v1/contacts/{id}', { params: path(id), signal })),
  });
}

export function useEnrolments(id: string) {
  return useQuery({
    queryKey: ['contact', id, 'enrolments'],
    refetchInterval: 5_000,
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/contacts/{id}/enrolments', { params: { ...path(id), query: { limit: 100 } }, signal })),
  });
}

export function useTimeline(id: string) {
  return useInfiniteQuery({
    queryKey: ['contact', id, 'timeline'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/api/v1/contacts/{id}/events', { params: { ...path(id), query: { limit: 50, after: pageParam } }, signal })),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function useMessages(id: string) {
  return useInfiniteQuery({
    queryKey: ['contact', id, 'messages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET('/api/v1/contacts/{id}/messages', { params: { ...path(id), query: { limit: 50, after: pageParam } }, signal }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** Changes properties, tags, lists, consents; all that shows the contact is asked anew. */
export function usePatchContact(id: string) {
  const client = useQueryClient();
  return useMutation<Contact, ProblemError, Schemas['ContactBody']>({
    mutationFn: (body) => take(api.PATCH('/api/v1/contacts/{id}', { params: path(id), body })),
    onSuccess: (contact) => {
      client.setQueryData(['contact', id], contact);
      return Promise.all([
        client.invalidateQueries({ queryKey: ['contact', id] }),
        client.invalidateQueries({ queryKey: ['contacts'] }),
      ]);
    },
  });
}

export function useEnrol(id: string) {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, { journey: string; data?: Record<string, unknown> }>({
    mutationFn: ({ journey, data }) =>
      take(
        api.POST('/api/v1/journeys/{id}/enrolments', {
          params: path(journey),
          body: { contact: id, ...(data && { data: data as never }) },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['contact', id] }),
  });
}

/** The event that a note is (docs/journeys.md, addNote). */
export const noteEvent = 'note_added';

export function useWriteNote(id: string) {
  const client = useQueryClient();
  const { email } = useMe();
  return useMutation<unknown, ProblemError, string>({
    mutationFn: (text) =>
      take(api.POST('/api/v1/events', { body: { event: noteEvent, contact: id, properties: { text, by: email } as never } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['contact', id, 'timeline'] }),
  });
}

export function useRemoveEnrolment(id: string) {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, Enrolment>({
    mutationFn: (enrolment) =>
      take(
        api.POST('/api/v1/contacts/{id}/enrolments/{enrolment}/remove', {
          params: { path: { id, enrolment: enrolment.id } },
          body: { revision: enrolment.revision, bar: false },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['contact', id] }),
  });
}

/** A trip that failed goes on where it stood, in the version that is live. */
export function usePutBack(id: string) {
  const client = useQueryClient();
  return useMutation<Schemas['PutBackView'], ProblemError, Enrolment>({
    mutationFn: ({ id: enrolment, journey, revision }) =>
      take(
        api.POST('/api/v1/journeys/{id}/failed/put-back', {
          params: { path: { id: journey } },
          body: { live: true, rows: [{ contact: id, enrolment, revision }] },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['contact', id] }),
  });
}
