import { Button, Group, MultiSelect, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { teamsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { useDeleteTeam, useSaveTeam } from './useCatalogue';

type Row = Schemas['DocumentViewOfTeamBody'];
type User = Schemas['UserView'];

/** Users who have tasks and are told things together. */
export function Teams({ users }: { users: readonly User[] }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery);
  const remove = useDeleteTeam();
  const [edited, setEdited] = useState<Row | 'new' | null>(null);
  const nameOf = (email: string) => users.find((user) => user.email === email)?.name ?? email;
  const columns: readonly Column<Row>[] = [
    { key: 'name', head: t('settings.name'), cell: ({ id }) => <RowTitle title={id} /> },
    {
      key: 'members',
      head: t('settings.teams.members'),
      cell: ({ value }) => value?.members.map(nameOf).join(', ') || t('settings.teams.nobody'),
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
          removeTitle={t('settings.teams.deleteTitle', { name: row.id })}
          removeWhy={t('settings.teams.deleteText')}
          used={{ kind: 'team', name: row.id }}
          onRemove={() => remove.mutate(row.id)}
        />
      ),
    },
  ];
  return (
    <section aria-labelledby="teams">
      <Group justify="space-between" align="flex-end" mt="xl" mb="sm">
        <div>
          <Title order={2} size="h4" id="teams">
            {t('settings.teams.title')}
          </Title>
          <Text c="var(--p-ink-2)" maw={640}>
            {t('settings.teams.lead')}
          </Text>
        </div>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
          {t('settings.teams.new')}
        </Button>
      </Group>
      {teams.isError ? (
        <Failure error={teams.error} onRetry={() => void teams.refetch()} />
      ) : (
        <DataTable
          label={t('settings.teams.title')}
          columns={columns}
          rows={teams.data}
          rowKey={({ id }) => id}
          empty={<Empty title={t('settings.teams.none')} text={t('settings.teams.noneText')} />}
        />
      )}
      {edited && <EditTeam row={edited === 'new' ? null : edited} users={users} onClose={() => setEdited(null)} />}
    </section>
  );
}

function EditTeam({ row, users, onClose }: { row: Row | null; users: readonly User[]; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTeam();
  const form = useForm({
    initialValues: { id: row?.id ?? '', members: row?.value?.members ?? [] },
    validate: { id: (id) => (id.trim() ? null : t('settings.needsName')) },
  });
  const submit = form.onSubmit(({ id, members }) =>
    save.mutate(
      { id: id.trim(), revision: row?.revision ?? null, body: { members } },
      {
        onSuccess: onClose,
        onError: (problem) => {
          if (problem.status === 428) form.setFieldError('id', t('settings.taken'));
          else if (problem.reasons.length === 0) form.setFieldError('id', problem.message);
          for (const reason of problem.reasons)
            form.setFieldError(reason.path === '/members' ? 'members' : 'id', reasonText(t, reason));
        },
      },
    ),
  );
  return (
    <FormModal
      title={t(row ? 'settings.teams.edit' : 'settings.teams.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.teams.nameHint')}
        readOnly={row !== null}
        maxLength={100}
        data-autofocus
        {...form.getInputProps('id')}
      />
      <MultiSelect
        label={t('settings.teams.members')}
        description={t('settings.teams.membersHint')}
        data={users.map(({ email, name }) => ({ value: email, label: name ? `${name} · ${email}` : email }))}
        searchable
        hidePickedOptions
        nothingFoundMessage={t('tasks.noUser')}
        comboboxProps={{ withinPortal: true }}
        {...form.getInputProps('members')}
      />
    </FormModal>
  );
}
