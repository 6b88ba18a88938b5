import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { hooksQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { confirm } from '@/ui/confirm';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { RowMenu } from '../RowMenu';
import { Section } from '../Section';
import { HookEditor } from './HookEditor';
import { useDeleteHook, useRotateHook } from './useHooks';

type Row = Schemas['HookView'];

/** Addresses at which other programs tell what happened, in words of their own. */
export function HooksSettings() {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const hooks = useQuery(hooksQuery);
  const remove = useDeleteHook();
  const rotate = useRotateHook();
  const [edited, setEdited] = useState<Row | 'new' | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const renew = ({ id }: Row) =>
    confirm({
      title: t('settings.hooks.rotateTitle', { name: id }),
      text: t('settings.hooks.rotateText'),
      button: t('settings.hooks.rotate'),
      cancel: t('frame.cancel'),
      onConfirm: () => rotate.mutate(id, { onSuccess: (hook) => setPath(hook.path ?? null) }),
    });
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      head: t('settings.name'),
      cell: ({ id, title, tail }) => <RowTitle title={title || id} lead={`/hooks/…${tail}`} />,
    },
    {
      key: 'event',
      head: t('settings.hooks.event'),
      cell: ({ mapping, usedBy }) => (
        <RowTitle
          title={mapping.event ?? mapping.eventFrom ?? '–'}
          lead={usedBy.length > 0 ? t('settings.hooks.starts', { journeys: usedBy.join(', ') }) : undefined}
        />
      ),
    },
    {
      key: 'last',
      head: t('settings.hooks.last'),
      wide: true,
      cell: ({ lastAt }) => (lastAt ? dateTime(lastAt) : t('settings.hooks.never')),
    },
    { key: 'taken', head: t('settings.hooks.taken'), wide: true, numeric: true, width: 110, cell: ({ taken }) => number(taken) },
    { key: 'refused', head: t('settings.hooks.refused'), numeric: true, width: 110, cell: ({ refused }) => number(refused) },
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
          more={[{ text: t('settings.hooks.rotate'), onClick: () => renew(row) }]}
          removeText={t('settings.delete')}
          removeTitle={t('settings.hooks.deleteTitle', { name: row.id })}
          removeWhy={t('settings.hooks.deleteText')}
          onRemove={() => remove.mutate(row.id)}
        />
      ),
    },
  ];
  if (hooks.isError) return <Failure error={hooks.error} onRetry={() => void hooks.refetch()} />;
  return (
    <Section lead={t('settings.hooks.lead')} add={t('settings.hooks.new')} onAdd={() => setEdited('new')}>
      {path && <Address path={path} onDone={() => setPath(null)} />}
      <DataTable
        label={t('settings.tabs.hooks')}
        columns={columns}
        rows={hooks.data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.hooks.none')} text={t('settings.hooks.noneText')} />}
      />
      {edited && (
        <HookEditor row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} onMade={(made) => setPath(made)} />
      )}
    </Section>
  );
}

/** The address is a secret: it is shown once. */
function Address({ path, onDone }: { path: string; onDone: () => void }) {
  const { t } = useTranslation();
  const address = `${window.location.origin}${path}`;
  return (
    <Alert color="accent" mb="md" title={t('settings.hooks.madeTitle')}>
      <Text mb="xs">{t('settings.hooks.madeText')}</Text>
      <Code block>{address}</Code>
      <Group mt="sm" gap="xs">
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'frame.copied' : 'settings.hooks.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t('settings.keys.kept')}</Button>
      </Group>
    </Alert>
  );
}
