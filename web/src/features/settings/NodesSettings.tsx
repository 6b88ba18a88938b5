import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { Chip } from '@/ui/Chip';
import { Failure } from '@/ui/Failure';
import { Stat, Stats } from '@/ui/Stat';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';

type Node = Schemas['NodeView'];

const askMs = 5_000;

/** Who serves this installation, how far the work has come, and what waits. */
export function NodesSettings() {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['nodes'],
    refetchInterval: askMs,
    queryFn: ({ signal }) => take(api.GET('/api/v1/nodes', { signal })),
  });
  const columns: readonly Column<Node>[] = [
    {
      key: 'name',
      head: t('settings.name'),
      cell: ({ name, address, leads }) => (
        <RowTitle title={name} lead={address} after={leads && <Chip tone="success">{t('settings.nodes.leads')}</Chip>} />
      ),
    },
    {
      key: 'partitions',
      head: t('settings.nodes.partitions'),
      numeric: true,
      cell: ({ partitions }) => number(partitions.length),
    },
    {
      key: 'lag',
      head: t('settings.nodes.lag'),
      numeric: true,
      cell: ({ id }) => {
        const own = (data?.partitions ?? []).filter(({ node }) => node === id);
        const lag = Math.max(0, ...own.map(({ waiting }) => waiting?.lagSeconds ?? 0));
        const entries = own.reduce((sum, { waiting }) => sum + (waiting?.entries ?? 0), 0);
        return t('settings.nodes.lagOf', { seconds: number(Math.round(lag * 10) / 10), entries: number(entries) });
      },
    },
    { key: 'version', head: t('settings.nodes.version'), wide: true, cell: ({ version }) => version },
    { key: 'since', head: t('settings.nodes.started'), wide: true, numeric: true, cell: ({ startedAt }) => dateTime(startedAt) },
    { key: 'seen', head: t('settings.nodes.seen'), wide: true, numeric: true, cell: ({ seenAt }) => dateTime(seenAt) },
  ];
  if (isError && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  const partitions = data?.partitions ?? [];
  const behind = partitions.filter(({ caughtUp }) => !caughtUp).length;
  const waiting = data?.waiting;
  const figure = (value: number | undefined) => (value === undefined ? '–' : number(value));
  return (
    <>
      <Text c="var(--p-ink-2)" maw={640} mb="md">
        {t('settings.nodes.lead')}
      </Text>
      <Stats>
        <Stat
          label={t('settings.nodes.caughtUp')}
          value={
            data ? t('settings.nodes.of', { part: number(partitions.length - behind), all: number(partitions.length) }) : '–'
          }
          note={t('settings.nodes.caughtUpNote')}
        />
        {waiting && (
          <>
            <Stat label={t('settings.nodes.entries')} value={figure(waiting.entries)} note={t('settings.nodes.entriesNote')} />
            <Stat label={t('settings.nodes.timers')} value={figure(waiting.timers)} note={t('settings.nodes.timersNote')} />
            <Stat
              label={t('settings.nodes.messages')}
              value={figure(waiting.messages)}
              note={t('settings.nodes.onTheirWay', { number: figure(waiting.onTheirWay) })}
            />
          </>
        )}
      </Stats>
      {data && data.nodes.length === 0 ? (
        <Card>
          <Text c="var(--p-ink-2)">{t('settings.nodes.alone')}</Text>
        </Card>
      ) : (
        <DataTable label={t('settings.tabs.nodes')} columns={columns} rows={data?.nodes} rowKey={({ id }) => id} empty={null} />
      )}
    </>
  );
}
