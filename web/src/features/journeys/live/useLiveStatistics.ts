import { useEffect, useState } from 'react';
import { api, take } from '@/api/client';
import { type LiveStore, type Statistics, update } from './liveStore';

const askMs = 2_000;

/**
 * The figures of a journey as they change: the server sends them by itself, at most once a second. A stream that breaks off opens again by
 * itself; until then the figures stay, with the time from which they are.
 */
export function useLiveStatistics(
  store: LiveStore,
  id: string,
  starts: { id: string; next?: string }[],
  version: number | undefined,
): { connected: boolean } {
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    let closed = false;
    store.setState({ statistics: undefined });
    const take1 = (statistics: Statistics) => {
      if (!closed) update(store, statistics, starts);
    };
    const ask = () =>
      take(api.GET('/api/v1/journeys/{id}/statistics', { params: { path: { id }, query: { version } as never } }))
        .then(take1)
        .catch(() => undefined);
    void ask();
    const stream = new EventSource(
      `/api/v1/journeys/${encodeURIComponent(id)}/live${version === undefined ? '' : `?version=${version}`}`,
    );
    stream.addEventListener('open', () => setConnected(true));
    stream.addEventListener('error', () => setConnected(false));
    stream.addEventListener('statistics', (event) => {
      setConnected(true);
      take1(JSON.parse((event as MessageEvent<string>).data) as Statistics);
    });
    // Where something between here and the server holds back streams, the figures are asked for.
    const timer = window.setInterval(() => stream.readyState !== EventSource.OPEN && void ask(), askMs);
    return () => {
      closed = true;
      window.clearInterval(timer);
      stream.close();
    };
  }, [store, id, starts, version]);
  return { connected };
}
