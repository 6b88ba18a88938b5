import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconMail, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { contentsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { matchesWords } from '@/lib/matchesWords';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { confirm } from '@/ui/confirm';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { SearchBox } from '@/ui/SearchBox';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { UsedByNames } from '@/ui/uses/UsedBy';
import { NewContent } from './NewContent';
import { type Content, useDeleteContent } from './useContent';

/** What journeys send. */
export function ContentsPage() {
  const { t } = useTranslation();
  const { ago, dateTime } = useFormats();
  const contents = useQuery(contentsQuery);
  const remove = useDeleteContent();
  const [search, setSearch] = useState('');
  // A journey may have asked for one that is not there yet.
  const asked = useSearchParams()[0].get('new') ?? '';
  const [creating, create] = useDisclosure(asked !== '');
  const columns: readonly Column<Content>[] = [
    {
      key: 'name',
      head: t('content.name'),
      cell: ({ name }) => (
        <RowTitle
          picture={<IconMail size={18} stroke={1.6} color="var(--p-ink-3)" aria-hidden />}
          to={`/content/${encodeURIComponent(name)}`}
          title={name}
        />
      ),
    },
    {
      key: 'updated',
      head: t('content.updated'),
      numeric: true,
      width: 160,
      cell: ({ updatedAt }) => (
        <time dateTime={updatedAt} title={dateTime(updatedAt)}>
          {ago(updatedAt, new Date())}
        </time>
      ),
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: ({ name }) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={28} aria-label={t('content.actions', { name })}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              c="var(--p-danger)"
              leftSection={<IconTrash size={16} stroke={1.6} />}
              onClick={() =>
                confirm({
                  title: t('content.deleteTitle', { name }),
                  text: t('content.deleteText'),
                  more: <UsedByNames kind="content" name={name} />,
                  button: t('content.delete'),
                  cancel: t('frame.cancel'),
                  onConfirm: () =>
                    remove.mutate(name, {
                      onSuccess: () => toastSaved(t('content.deleted')),
                      onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
                    }),
                })
              }
            >
              {t('content.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  const rows = contents.data?.filter(({ name }) => matchesWords(search, name));
  return (
    <Page
      title={t('content.title')}
      actions={
        <>
          <SearchBox label={t('content.search')} value={search} onChange={setSearch} />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={create.open}>
            {t('content.new')}
          </Button>
        </>
      }
    >
      <AsOf query={contents} />
      {contents.isLoadingError ? (
        <Failure error={contents.error} onRetry={() => void contents.refetch()} />
      ) : (
        <DataTable
          label={t('content.title')}
          columns={columns}
          rows={rows}
          rowKey={({ name }) => name}
          empty={
            search ? (
              <Empty title={t('content.noneFound')} text={t('content.noneFoundText')} />
            ) : (
              <Empty
                title={t('content.none')}
                text={t('content.noneText')}
                action={<Button onClick={create.open}>{t('content.new')}</Button>}
              />
            )
          }
        />
      )}
      <NewContent opened={creating} name={asked} onClose={create.close} />
    </Page>
  );
}
