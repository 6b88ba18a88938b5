import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { listsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { confirm } from '@/ui/confirm';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { Tabs } from '@/ui/Tabs';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { UsedByNames } from '@/ui/uses/UsedBy';
import { contactTabs } from '../contactTabs';
import { EditList } from './EditList';
import { type ListRow, useDeleteList, useListCounts } from './useLists';

/** Lists: people are put there by hand, by an import or by a journey. */
export function ListsPage() {
  const { t } = useTranslation();
  const { date, number } = useFormats();
  const counts = useListCounts().data;
  const lists = useQuery(listsQuery);
  const remove = useDeleteList();
  const [edited, setEdited] = useState<ListRow | null>(null);
  // A journey may have asked for one that is not there yet.
  const asked = useSearchParams()[0].get('new') ?? '';
  const [editing, edit] = useDisclosure(asked !== '');
  const open = (list: ListRow | null) => {
    setEdited(list);
    edit.open();
  };
  const columns: readonly Column<ListRow>[] = [
    {
      key: 'name',
      head: t('lists.name'),
      cell: ({ id, value }) => (
        <RowTitle
          to={`/contacts/lists/${encodeURIComponent(id)}`}
          title={value?.title ?? id}
          lead={value?.description ?? undefined}
        />
      ),
    },
    {
      key: 'contacts',
      head: t('contacts.title'),
      numeric: true,
      width: 120,
      cell: ({ id }) => (counts ? number(counts.get(id) ?? 0) : '–'),
    },
    { key: 'key', head: t('lists.key'), wide: true, cell: ({ id }) => <code>{id}</code> },
    { key: 'since', head: t('lists.since'), wide: true, numeric: true, width: 140, cell: ({ createdAt }) => date(createdAt) },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (list) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={28} aria-label={t('lists.actions', { name: list.value?.title ?? list.id })}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => open(list)}>
              {t('lists.edit')}
            </Menu.Item>
            <Menu.Item
              c="var(--p-danger)"
              leftSection={<IconTrash size={16} stroke={1.6} />}
              onClick={() =>
                confirm({
                  title: t('lists.deleteTitle', { name: list.value?.title ?? list.id }),
                  text: t('lists.deleteText'),
                  more: <UsedByNames kind="list" name={list.id} />,
                  button: t('lists.delete'),
                  cancel: t('frame.cancel'),
                  onConfirm: () =>
                    remove.mutate(list.id, {
                      onSuccess: () => toastSaved(t('lists.deleted')),
                      onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
                    }),
                })
              }
            >
              {t('lists.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  return (
    <Page
      title={t('contacts.title')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open(null)}>
          {t('lists.new')}
        </Button>
      }
    >
      <Tabs tabs={contactTabs(t)} label={t('contacts.title')} />
      <AsOf query={lists} />
      {lists.isLoadingError ? (
        <Failure error={lists.error} onRetry={() => void lists.refetch()} />
      ) : (
        <DataTable
          label={t('contacts.tabs.lists')}
          columns={columns}
          rows={lists.data}
          rowKey={({ id }) => id}
          empty={
            <Empty
              title={t('lists.none')}
              text={t('lists.noneText')}
              action={<Button onClick={() => open(null)}>{t('lists.new')}</Button>}
            />
          }
        />
      )}
      <EditList key={edited?.id ?? ''} list={edited} name={asked} opened={editing} onClose={edit.close} />
    </Page>
  );
}
