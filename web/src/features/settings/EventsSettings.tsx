import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { matchesWords } from '@/lib/matchesWords';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { SearchBox } from '@/ui/SearchBox';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { UsedByButton } from '@/ui/uses/UsedByButton';

/** Events come into being by happening; here one sees which have, and what listens to them. */
export function EventsSettings() {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const names = useQuery({
    queryKey: ['events', 'names', 'all'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/events/names', { signal })),
  });
  const columns: readonly Column<string>[] = [
    { key: 'name', head: t('settings.name'), cell: (name) => name },
    {
      key: 'uses',
      head: t('frame.uses.usedBy'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (name) => <UsedByButton kind="event" name={name} />,
    },
  ];
  if (names.isError) return <Failure error={names.error} onRetry={() => void names.refetch()} />;
  return (
    <>
      <Group justify="space-between" align="flex-start" mb="md" wrap="wrap">
        <Text c="var(--p-ink-2)" maw={640}>
          {t('settings.events.lead')}
        </Text>
        <SearchBox label={t('settings.events.search')} value={search} onChange={setSearch} />
      </Group>
      <DataTable
        label={t('settings.tabs.events')}
        columns={columns}
        rows={names.data?.filter((name) => matchesWords(search, name))}
        rowKey={(name) => name}
        empty={<Empty title={t('settings.events.none')} text={t('settings.events.noneText')} />}
      />
    </>
  );
}
