import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { useMe } from '@/api/useSession';
import { useFormats } from '@/lib/useFormats';
import { Avatar } from '@/ui/Avatar';
import { Failure } from '@/ui/Failure';
import { applyReasons } from '@/ui/form/applyReasons';
import { Tag } from '@/ui/Tag';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { ApprovalSwitch } from './ApprovalSwitch';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { Teams } from './Teams';
import { useAddUser, useRemoveUser } from './useCatalogue';

type Row = Schemas['UserView'];

/** Who may sign in. */
export function UsersSettings() {
  const { t } = useTranslation();
  const { date } = useFormats();
  const me = useMe();
  const users = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/users', { params: { query: { limit: 500 } }, signal })),
  });
  const remove = useRemoveUser();
  const [adding, setAdding] = useState(false);
  const columns: readonly Column<Row>[] = [
    {
      key: 'user',
      head: t('settings.users.user'),
      cell: ({ id, email }) => (
        <RowTitle
          picture={<Avatar name={email} />}
          title={email}
          after={id === me.id ? <Tag>{t('settings.users.you')}</Tag> : undefined}
        />
      ),
    },
    { key: 'role', head: t('settings.users.role'), wide: true, width: 160, cell: ({ role }) => t(`settings.role.${role}`) },
    { key: 'since', head: t('settings.since'), wide: true, numeric: true, width: 140, cell: ({ createdAt }) => date(createdAt) },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: ({ id, email }) =>
        id === me.id ? null : (
          <RowMenu
            name={email}
            removeText={t('settings.users.remove')}
            removeTitle={t('settings.users.removeTitle', { name: email })}
            removeWhy={t('settings.users.removeText')}
            used={{ kind: 'user', name: email }}
            onRemove={() => remove.mutate(id)}
          />
        ),
    },
  ];
  if (users.isError) return <Failure error={users.error} onRetry={() => void users.refetch()} />;
  return (
    <Section lead={t('settings.users.lead')} add={t('settings.users.add')} onAdd={() => setAdding(true)}>
      <DataTable label={t('settings.tabs.users')} columns={columns} rows={users.data?.items} rowKey={({ id }) => id} />
      <Teams users={users.data?.items ?? []} />
      <ApprovalSwitch />
      {adding && <AddUser onClose={() => setAdding(false)} />}
    </Section>
  );
}

function AddUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAddUser();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const submit = form.onSubmit(({ email, password }) =>
    add.mutate({ email, role: 'admin', password }, { onSuccess: onClose, onError: (problem) => applyReasons(form, problem, t) }),
  );
  return (
    <FormModal
      title={t('settings.users.add')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={add.isPending}
      button={t('settings.users.add')}
    >
      <TextInput
        label={t('session.email')}
        type="email"
        autoComplete="off"
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('settings.users.password')}
        description={t('settings.users.passwordHint')}
        autoComplete="new-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        {...form.getInputProps('password')}
      />
    </FormModal>
  );
}
