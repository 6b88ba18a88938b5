import { Button, Progress } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Import, importsQuery, isUnderWay } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { Tabs } from '@/ui/Tabs';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { contactTabs } from '../contactTabs';
import { ImportChip } from './ImportChip';
import { useCancelImport } from './useImports';

/** What was imported, what is under way, and what was looked at and can still go in. */
export function ImportsPage() {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const imports = useQuery(importsQuery);
  const cancel = useCancelImport();
  const columns: readonly Column<Import>[] = [
    {
      key: 'file',
      head: t('imports.file'),
      cell: ({ id, file, kind }) => <RowTitle to={`/contacts/imports/${id}`} title={file} lead={t(`imports.kind.${kind}`)} />,
    },
    { key: 'status', head: t('imports.state'), width: 150, cell: ({ status }) => <ImportChip status={status} /> },
    {
      key: 'rows',
      head: t('imports.imported'),
      numeric: true,
      width: 160,
      cell: (one) =>
        isUnderWay(one) ? <Progress value={one.progress * 100} aria-label={t('imports.progress')} /> : number(one.imported),
    },
    { key: 'bad', head: t('imports.bad'), numeric: true, wide: true, width: 100, cell: ({ bad }) => number(bad) },
    { key: 'at', head: t('imports.at'), numeric: true, wide: true, width: 170, cell: ({ createdAt }) => dateTime(createdAt) },
    {
      key: 'act',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 80,
      cell: (one) =>
        isUnderWay(one) ? (
          <Button size="xs" variant="default" onClick={() => cancel.mutate(one.id)}>
            {t('imports.stop')}
          </Button>
        ) : null,
    },
  ];
  const button = (
    <Button component={Link} to="/contacts/import" leftSection={<IconUpload size={16} aria-hidden />}>
      {t('imports.title')}
    </Button>
  );
  return (
    <Page title={t('contacts.title')} actions={button}>
      <Tabs label={t('contacts.title')} tabs={contactTabs(t)} />
      <AsOf query={imports} />
      {imports.isLoadingError ? (
        <Failure error={imports.error} onRetry={() => void imports.refetch()} />
      ) : (
        <DataTable
          label={t('contacts.tabs.imports')}
          columns={columns}
          // Trials that nobody can go on with are not listed: they changed nothing.
          rows={imports.data?.items.filter(({ wishes, fileUntil }) => !wishes.dryRun || fileUntil)}
          rowKey={({ id }) => id}
          empty={<Empty title={t('imports.none')} text={t('imports.noneText')} action={button} />}
        />
      )}
    </Page>
  );
}
