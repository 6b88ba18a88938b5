import { useEffect, useState } from 'react';
import { api, take } from '@/api/client';
import { openEventStream } from '@/lib/eventStream';
import { type LiveStore, type Statistics, update } from './liveStore';

const askMs = 2_000;

/** Of which version, and since when; undefined: of all, and from the beginning. */
export interface Wanted {
  version: number | undefined;
  since: string | undefined;
}

/**
 * The figures of a journey as they change: the server sends them by itself, at most once a second. A stream that breaks off opens again by
 * itself; until then the figures stay, with the time from which they are.
 */
export function useLiveStatistics(
  store: LiveStore,
  id: string,
  starts: { id: string; next?: string }[],
  { version, since }: Wanted,
): { connected: boolean } {
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    let closed = false;
    let comes = false;
    store.setState({ statistics: undefined });
    const takeOne = (statistics: Statistics) => {
      if (!closed) update(store, statistics, starts);
    };
    const ask = () =>
      take(api.GET('/api/v1/journeys/{id}/statistics', { params: { path: { id }, query: { version, since } } }))
        .then(takeOne)
        .catch(() => undefined);
    void ask();
    const query = new URLSearchParams({
      ...(version === undefined ? {} : { version: String(version) }),
      ...(since === undefined ? {} : { since }),
    });
    const stream = openEventStream(`/api/v1/journeys/${encodeURIComponent(id)}/live?${query}`, {
      on: { statistics: (data) => takeOne(data as Statistics) },
      onConnected: (now) => {
        comes = now;
        setConnected(now);
      },
    });
    // Where something between here and the server holds back streams, the figures are asked for.
    const timer = window.setInterval(() => !comes && !document.hidden && void ask(), askMs);
    return () => {
      closed = true;
      window.clearInterval(timer);
      stream.close();
    };
  }, [store, id, starts, version, since]);
  return { connected };
}
