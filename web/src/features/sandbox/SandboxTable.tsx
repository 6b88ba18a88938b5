import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { journeyNamesQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { Empty } from '@/ui/Empty';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';

type Mail = Schemas['SandboxMailView'];

export function SandboxTable({
  mails,
  stale,
  searched,
  footer,
}: {
  mails: readonly Mail[] | undefined;
  stale: boolean;
  /** Only those are shown whom a search finds. */
  searched: boolean;
  footer?: ReactNode;
}) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const journeys = useQuery(journeyNamesQuery).data;
  const columns: readonly Column<Mail>[] = [
    {
      key: 'subject',
      head: t('sandbox.subject'),
      cell: ({ key, subject, preheader }) => <RowTitle to={`/sandbox/${key}`} title={subject} lead={preheader} />,
    },
    { key: 'to', head: t('sandbox.to'), cell: ({ to }) => <span style={{ overflowWrap: 'anywhere' }}>{to}</span> },
    {
      key: 'journey',
      head: t('sandbox.journey'),
      wide: true,
      cell: ({ journey }) =>
        journey ? <Link to={`/journeys/${encodeURIComponent(journey)}`}>{journeys?.get(journey)?.name ?? journey}</Link> : '–',
    },
    {
      key: 'at',
      head: t('sandbox.at'),
      numeric: true,
      wide: true,
      width: 170,
      cell: ({ at }) => <time dateTime={at}>{dateTime(at)}</time>,
    },
  ];
  return (
    <DataTable
      label={t('sandbox.title')}
      columns={columns}
      rows={mails}
      rowKey={({ key }) => key}
      stale={stale}
      empty={
        searched ? (
          <Empty title={t('sandbox.noneFound')} text={t('sandbox.noneFoundText')} />
        ) : (
          <Empty title={t('sandbox.none')} text={t('sandbox.noneText')} />
        )
      }
      footer={footer}
    />
  );
}
