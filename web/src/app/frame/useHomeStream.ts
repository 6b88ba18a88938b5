import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useLiveLine } from '@/api/live';
import { journeyNamesQuery } from '@/api/queries';
import { openEventStream } from '@/lib/eventStream';
import type { Inbox } from '@/ui/notices/useInbox';
import { tellOfTold } from './notifications/tellOfTold';
import { tellOfWork } from './notifications/tellOfWork';

type Figures = Record<string, Schemas['JourneyFigures']>;

/** One line for the whole application: the figures of all journeys, and what goes on in the background, as they change. */
export function useHomeStream(): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  useEffect(() => {
    let wasLost = false;
    const stream = openEventStream('/api/v1/live', {
      on: {
        journeys: (data) => takeFigures(client, data as Figures),
        work: (data) => {
          const now = data as Schemas['WorkView'][];
          tellOfWork(client, t, client.getQueryData<Schemas['WorkView'][]>(['work']), now);
          client.setQueryData(['work'], now);
        },
        mine: (data) => {
          const now = data as Inbox;
          tellOfTold(t, client.getQueryData(journeyNamesQuery.queryKey), client.getQueryData<Inbox>(['inbox']), now);
          client.setQueryData(['inbox'], now);
          void client.invalidateQueries({ queryKey: ['notifications'] });
          // My tasks have changed: so have the lists that show them.
          const count = client.getQueryData<Inbox['tasks']>(['tasks', 'count']);
          client.setQueryData(['tasks', 'count'], now.tasks);
          if (count && (count.open !== now.tasks.open || count.overdue !== now.tasks.overdue))
            void client.invalidateQueries({ queryKey: ['tasks'], predicate: ({ queryKey }) => queryKey[1] !== 'count' });
        },
      },
      onConnected: (connected) => {
        useLiveLine.setState(
          connected ? { connected, lostAt: undefined } : { connected, lostAt: useLiveLine.getState().lostAt ?? Date.now() },
        );
        // Whatever happened meanwhile was not told.
        if (connected && wasLost) void client.invalidateQueries();
        wasLost = !connected;
      },
    });
    return () => {
      stream.close();
      useLiveLine.setState({ connected: false, lostAt: undefined });
    };
  }, [client, t]);
}

/** Puts the figures where the list has them. A journey that the list does not know yet is a reason to ask for the list. */
function takeFigures(client: QueryClient, figures: Figures) {
  const list = client.getQueryData<Schemas['JourneyView'][]>(['journeys']);
  if (!list) return;
  client.setQueryData(
    ['journeys'],
    list.map((journey) => {
      const now = figures[journey.id];
      return now ? { ...journey, figures: now } : journey;
    }),
  );
  const known = new Set(list.map(({ id }) => id));
  if (Object.keys(figures).some((id) => !known.has(id))) void client.invalidateQueries({ queryKey: ['journeys'], exact: true });
}
