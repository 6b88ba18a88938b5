import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionsQuery } from '@/api/queries';
import { useSay } from '@/lib/say';
import { type Action, iconNamed, titleOf } from '@/ui/actions/actions';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { RowMenu } from '../RowMenu';
import { Section } from '../Section';
import { useDeleteAction } from '../useCatalogue';
import { ActionEditor } from './ActionEditor';

/** Actions of one's own: declared once, a point for everybody. */
export function ActionsSettings() {
  const { t } = useTranslation();
  const { language } = useSay();
  const actions = useQuery(actionsQuery);
  const remove = useDeleteAction();
  const [edited, setEdited] = useState<Action | 'new' | null>(null);
  const columns: readonly Column<Action>[] = [
    {
      key: 'name',
      head: t('settings.name'),
      cell: ({ id, value }) => {
        const Icon = iconNamed(value?.icon);
        return <RowTitle picture={<Icon size={20} stroke={1.6} aria-hidden />} title={titleOf(value, language, id)} lead={id} />;
      },
    },
    {
      key: 'url',
      head: t('settings.actionList.url'),
      wide: true,
      cell: ({ value }) => `${value?.method?.toUpperCase() ?? 'POST'} ${value?.url ?? ''}`,
    },
    {
      key: 'inputs',
      head: t('settings.actionList.inputs'),
      wide: true,
      cell: ({ value }) => value?.inputs?.map(({ name }) => name).join(', ') || '–',
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (row) => (
        <RowMenu
          name={row.id}
          onEdit={() => setEdited(row)}
          removeText={t('settings.delete')}
          removeTitle={t('settings.actionList.deleteTitle', { name: titleOf(row.value, language, row.id) })}
          removeWhy={t('settings.actionList.deleteText')}
          used={{ kind: 'action', name: row.id }}
          onRemove={() => remove.mutate(row.id)}
        />
      ),
    },
  ];
  if (actions.isError) return <Failure error={actions.error} onRetry={() => void actions.refetch()} />;
  return (
    <Section lead={t('settings.actionList.lead')} add={t('settings.actionList.new')} onAdd={() => setEdited('new')}>
      <DataTable
        label={t('settings.tabs.actions')}
        columns={columns}
        rows={actions.data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.actionList.none')} text={t('settings.actionList.noneText')} />}
      />
      {edited && <ActionEditor row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}
