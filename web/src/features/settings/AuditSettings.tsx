import { Button, Code, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, type Schemas, take } from '@/api/client';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { type Column, DataTable } from '@/ui/table/DataTable';

type Line = Schemas['AuditView'];

/** Who changed what, newest first. */
export function AuditSettings() {
  const { t } = useSay();
  const { dateTime } = useFormats();
  const [by, setBy] = useState('');
  const [target, setTarget] = useState('');
  const [wanted] = useDebouncedValue(`${by}\n${target}`, 250);
  const lines = useInfiniteQuery({
    queryKey: ['audit', wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const [who, what] = wanted.split('\n');
      return take(
        api.GET('/api/v1/audit', { params: { query: { by: who || undefined, target: what || undefined, after: pageParam } } }),
      );
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
  // A page holds what matches among so many lines: where none of them did, there may be more behind it.
  const pages = lines.data?.pages;
  const { hasNextPage, isFetching, isError, fetchNextPage } = lines;
  const goesOn = hasNextPage && pages?.at(-1)?.items.length === 0;
  useEffect(() => {
    if (goesOn && !isFetching && !isError) void fetchNextPage();
  }, [goesOn, isFetching, isError, fetchNextPage]);
  const found = pages?.flatMap((page) => page.items);
  const columns: readonly Column<Line>[] = [
    { key: 'at', head: t('settings.audit.at'), cell: ({ at }) => dateTime(at) },
    { key: 'by', head: t('settings.audit.by'), wide: true, cell: (line) => line.by },
    {
      key: 'act',
      head: t('settings.audit.act'),
      // What others add later says its own name.
      cell: ({ act, by }) => (
        <>
          {t(`settings.audit.acts.${act}`, { defaultValue: act })}
          <Text size="sm" c="dimmed" hiddenFrom="sm">
            {by}
          </Text>
        </>
      ),
    },
    {
      key: 'target',
      head: t('settings.audit.target'),
      cell: (line) => (
        <>
          {line.target}
          {line.said !== null && line.said !== undefined && (
            <details>
              <summary>{t('settings.audit.said')}</summary>
              <Code block>{JSON.stringify(line.said, null, 1)}</Code>
            </details>
          )}
        </>
      ),
    },
  ];
  if (isError) return <Failure error={lines.error} onRetry={() => void lines.refetch()} />;
  return (
    <>
      <Text c="var(--p-ink-2)" maw={640} mb="md">
        {t('settings.audit.lead')}
      </Text>
      <Group mb="md" gap={8}>
        <TextInput
          aria-label={t('settings.audit.searchBy')}
          placeholder={t('settings.audit.searchBy')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <TextInput
          aria-label={t('settings.audit.searchTarget')}
          placeholder={t('settings.audit.searchTarget')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
      </Group>
      <DataTable
        label={t('settings.tabs.audit')}
        columns={columns}
        rows={goesOn && found?.length === 0 ? undefined : found}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.audit.none')} text={t('settings.audit.noneText')} />}
      />
      {hasNextPage && (
        <Button mt="md" variant="default" loading={lines.isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('settings.audit.more')}
        </Button>
      )}
    </>
  );
}
