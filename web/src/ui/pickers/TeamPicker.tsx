import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { teamsQuery } from '@/api/queries';

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  value: string | null;
  error?: ReactNode;
  onChange: (team: string | null) => void;
}

/** Chooses a team; none without a choice. */
export function TeamPicker({ label, hint, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const teams = (useQuery(teamsQuery).data ?? []).map(({ id }) => id);
  // One that is gone stays visible, so that another can be chosen.
  const data = value && !teams.includes(value) ? [value, ...teams] : teams;
  return (
    <Select
      label={label}
      description={hint}
      error={error}
      placeholder={t('tasks.noTeam')}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable
      nothingFoundMessage={t('tasks.noTeams')}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
