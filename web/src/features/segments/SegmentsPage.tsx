import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { segmentsQuery } from '@/api/queries';
import { matchesWords } from '@/lib/matchesWords';
import { useFormats } from '@/lib/useFormats';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { SearchBox } from '@/ui/SearchBox';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { SegmentChip } from './SegmentChip';
import type { Segment } from './useSegments';

/** People who share a condition, kept up to date by themselves. */
export function SegmentsPage() {
  const { t } = useTranslation();
  const { number, ago } = useFormats();
  const [search, setSearch] = useState('');
  const segments = useQuery({ ...segmentsQuery, refetchInterval: 5_000 });
  const columns: readonly Column<Segment>[] = [
    {
      key: 'name',
      head: t('segments.name'),
      cell: ({ name, description }) => <RowTitle to={`/segments/${encodeURIComponent(name)}`} title={name} lead={description} />,
    },
    { key: 'state', head: t('segments.state'), width: 170, cell: (segment) => <SegmentChip segment={segment} /> },
    {
      key: 'members',
      head: t('segments.members'),
      numeric: true,
      width: 120,
      cell: ({ members, filling }) => (filling ? '–' : number(members)),
    },
    {
      key: 'updated',
      head: t('segments.updated'),
      numeric: true,
      wide: true,
      width: 150,
      cell: ({ updatedAt }) => ago(updatedAt, new Date()),
    },
  ];
  const button = (
    <Button component={Link} to="/segments/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('segments.new')}
    </Button>
  );
  return (
    <Page
      title={t('segments.title')}
      actions={
        <>
          <SearchBox label={t('segments.search')} value={search} onChange={setSearch} />
          {button}
        </>
      }
    >
      {segments.isError && !segments.data ? (
        <Failure error={segments.error} onRetry={() => void segments.refetch()} />
      ) : (
        <DataTable
          label={t('segments.title')}
          columns={columns}
          rows={segments.data?.filter(({ name, description }) => matchesWords(search, `${name} ${description ?? ''}`))}
          rowKey={({ name }) => name}
          empty={
            search ? (
              <Empty title={t('segments.noneFound')} text={t('segments.noneFoundText')} />
            ) : (
              <Empty title={t('segments.none')} text={t('segments.noneText')} action={button} />
            )
          }
        />
      )}
    </Page>
  );
}
