import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  value: string | null;
  error?: ReactNode;
  onChange: (email: string | null) => void;
}

/** Chooses a colleague; nobody in particular without a choice. */
export function UserPicker({ label, hint, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const users = (useQuery(usersQuery).data ?? []).map(({ email, name }) => ({
    value: email,
    label: name ? `${name} · ${email}` : email,
  }));
  // Who has left stays visible, so that somebody else can be chosen.
  const data = value && !users.some((user) => user.value === value) ? [{ value, label: value }, ...users] : users;
  return (
    <Select
      label={label}
      description={hint}
      error={error}
      placeholder={t('tasks.nobody')}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable
      nothingFoundMessage={t('tasks.noUser')}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
