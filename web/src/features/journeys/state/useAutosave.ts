import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { Journey } from '../definition/journey';
import type { EditorStore } from './editor';
import { keep } from './kept';

const quietMs = 700;
const againMs = 5_000;

/** Saves what was changed once the hands rest, one request at a time. What somebody else saved meanwhile is met, not overwritten. */
export function useAutosave(store: EditorStore) {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: number | undefined;
    let busy = false;
    let closed = false;
    const { id } = store.getState().base;

    const save = async () => {
      const { journey, base, revision, conflicts } = store.getState();
      if (busy || journey === base || conflicts.length > 0) return;
      busy = true;
      store.getState().setSave('saving');
      try {
        const view = await take(
          api.PUT('/api/v1/journeys/{id}', { params: { path: { id }, header: { 'If-Match': `"${revision}"` } }, body: journey }),
        );
        store.getState().taken(journey, view?.revision ?? revision);
        if (view?.problems && store.getState().journey === journey) store.getState().setProblems(view.problems, journey);
        queries.setQueryData(
          ['journeys', id],
          (was: object | undefined) => was && view && { ...was, ...view, definition: journey },
        );
        void queries.invalidateQueries({ queryKey: ['journeys'], exact: true });
      } catch (error) {
        if (error instanceof ProblemError && (error.status === 412 || error.status === 409)) await meet();
        else {
          const lost = !(error instanceof ProblemError) || error.status === 0 || error.status >= 500;
          store.getState().setSave(lost ? 'offline' : 'refused');
          if (lost) later(againMs);
        }
      } finally {
        busy = false;
      }
      const now = store.getState();
      if (now.save === 'waiting' && now.journey !== now.base) later(quietMs);
    };
    const meet = async () => {
      const view = await take(api.GET('/api/v1/journeys/{id}', { params: { path: { id } } }));
      store.getState().meet(view.definition as Journey, view.revision, view.updatedBy ?? undefined);
    };
    const later = (ms: number) => {
      if (closed) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void save(), ms);
    };
    const keepNow = () => {
      const { base, journey, revision, history } = store.getState();
      keep(id, { base, journey, revision, history });
    };

    const stop = store.subscribe((now, before) => {
      if (
        now.journey === before.journey &&
        now.history === before.history &&
        now.base === before.base &&
        now.conflicts === before.conflicts
      )
        return;
      keepNow();
      if (now.journey !== now.base) later(quietMs);
    });
    const online = () => later(0);
    window.addEventListener('online', online);
    if (store.getState().journey !== store.getState().base) later(quietMs);
    return () => {
      closed = true;
      window.clearTimeout(timer);
      window.removeEventListener('online', online);
      stop();
      void save();
    };
  }, [store, queries]);
}
