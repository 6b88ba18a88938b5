import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, take } from '@/api/client';
import type { EditorStore } from './editor';

const quietMs = 500;

/** Checks as one works: the journey as it is on the screen, saved or not. What the check cannot be asked for now is asked at the next change. */
export function useCheck(store: EditorStore) {
  const client = useQueryClient();
  useEffect(() => {
    let timer: number | undefined;
    let asked = 0;
    const check = async () => {
      const { journey } = store.getState();
      const mine = ++asked;
      try {
        const { problems } = await take(api.POST('/api/v1/journeys/check', { body: journey }));
        if (mine === asked) store.getState().setProblems(problems, journey);
      } catch {
        // The saving says that the server cannot be reached; old problems stay until there are new ones.
      }
    };
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void check(), quietMs);
    };
    void check();
    const stop = store.subscribe((now, before) => {
      if (now.journey !== before.journey) later();
    });
    // What was amiss may be so no more: a segment was filled, or something was made in another window.
    const again = () => {
      if (store.getState().problems.length > 0) later();
    };
    const leave = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success' && event.query.queryKey[0] === 'work') again();
    });
    window.addEventListener('focus', again);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('focus', again);
      leave();
      stop();
    };
  }, [store, client]);
}
