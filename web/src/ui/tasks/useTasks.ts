import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';

export type Task = Schemas['TaskView'];
export type TaskBody = Schemas['TaskBody'];

/** Which tasks are wanted: fields that are undefined ask for nothing. */
export interface TaskFilter {
  state?: 'open' | 'done';
  /** `me`, `teams` (what is my teams'), `none`, or an address. */
  assignee?: string;
  contact?: string;
  journey?: string;
}

const TASKS_A_PAGE = 50;
const path = (id: string) => ({ params: { path: { id } } });

export function useTasks(filter: TaskFilter) {
  return useInfiniteQuery({
    queryKey: ['tasks', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/api/v1/tasks', { params: { query: { ...filter, limit: TASKS_A_PAGE, after: pageParam } }, signal })),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** One task, whosever it is; without an id, none. */
export function useTask(id: string | null) {
  return useQuery({
    queryKey: ['tasks', 'one', id],
    enabled: id !== null,
    queryFn: ({ signal }) => take(api.GET('/api/v1/tasks/{id}', { ...path(id ?? ''), signal })),
  });
}

/** How many open tasks are mine, and how many of them are late. */
export function useTaskCount() {
  return useQuery({
    queryKey: ['tasks', 'count'],
    refetchInterval: 60_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/tasks/count', { signal })),
  });
}

type Act = { id: string; act: 'complete' | 'reopen' | 'delete' };

/** Done, open again, or away. */
export function useTaskAct() {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, Act>({
    mutationFn: ({ id, act }) => {
      switch (act) {
        case 'complete':
          return take(api.POST('/api/v1/tasks/{id}/complete', path(id)));
        case 'reopen':
          return take(api.POST('/api/v1/tasks/{id}/reopen', path(id)));
        default:
          return take(api.DELETE('/api/v1/tasks/{id}', path(id)));
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
}

/** Makes a task, or replaces what it says. */
export function useSaveTask() {
  const client = useQueryClient();
  return useMutation<Task, ProblemError, { id: string | null; body: TaskBody }>({
    mutationFn: ({ id, body }) =>
      id === null ? take(api.POST('/api/v1/tasks', { body })) : take(api.PUT('/api/v1/tasks/{id}', { ...path(id), body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
}

/** A note on somebody's page, as docs/journeys.md has them (addNote). */
export function useNoteOf() {
  const client = useQueryClient();
  return useMutation<unknown, ProblemError, { contact: string; text: string; by: string }>({
    mutationFn: ({ contact, text, by }) =>
      take(api.POST('/api/v1/events', { body: { event: 'note_added', contact, properties: { text, by } as never } })),
    onSuccess: (_, { contact }) => client.invalidateQueries({ queryKey: ['contact', contact, 'timeline'] }),
  });
}

/** What may be changed of a task, as it is now. */
export function bodyOf({ title, text, kind, priority, due, assignee, team }: Task): TaskBody {
  return { title, text, kind, priority, due, assignee, team };
}
