import { MultiSelect, Stack, Switch, Textarea } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { teamsQuery, usersQuery } from '@/api/queries';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import { fieldExamples } from './fieldExamples';
import type { PointFormProps, PointView } from './kind';

/** Tells users something of the contact, in their notifications. */
export const notifyPoint: PointView<'notify'> = {
  kind: 'notify',
  group: 'integrations',
  shape: 'action',
  icon: IconBell,
  create: () => ({ kind: 'notify', text: '' }),
  title: (point, { t }) =>
    [
      ...(point.toOwner ? [t('points.notify.theOwner')] : []),
      ...(point.to ?? []),
      ...(point.toTeams ?? []).map((team) => t('tasks.ofTeam', { team })),
    ].join(', ') || t('points.notify.everybody'),
  detail: (point) => point.text || undefined,
  Form: NotifyForm,
};

function NotifyForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'notify'>>) {
  const { t } = telling;
  const known = (useQuery(usersQuery).data ?? []).map(({ email, name }) => ({
    value: email,
    label: name ? `${name} · ${email}` : email,
  }));
  const to = point.to ?? [];
  // Who has left stays visible, so that somebody else can be chosen.
  const gone = to.filter((email) => !known.some(({ value }) => value === email)).map((email) => ({ value: email, label: email }));
  const toTeams = point.toTeams ?? [];
  const teams = [...new Set([...toTeams, ...(useQuery(teamsQuery).data ?? []).map(({ id }) => id)])];
  const wrongTeam = toTeams.map((_, index) => errorAt(`toTeams/${index}`)).find((error) => error !== undefined);
  const wrong = to.map((_, index) => errorAt(`to/${index}`)).find((error) => error !== undefined);
  return (
    <Stack gap={14}>
      <Textarea
        label={t('points.notify.text')}
        description={t('points.fieldsHint', fieldExamples)}
        autosize
        minRows={2}
        value={point.text}
        error={errorAt('text')}
        onChange={(event) => onChange({ ...point, text: event.currentTarget.value })}
      />
      <Switch
        label={t('points.notify.owner')}
        description={t('points.notify.ownerHint')}
        checked={point.toOwner ?? false}
        onChange={(event) => onChange(withField(point, 'toOwner', event.currentTarget.checked || undefined))}
      />
      <MultiSelect
        label={t('points.notify.to')}
        description={t('points.notify.toHint')}
        placeholder={to.length + toTeams.length === 0 ? t('points.notify.everybody') : undefined}
        data={[...gone, ...known]}
        value={to}
        error={errorAt('to') ?? wrong}
        onChange={(next) => onChange(withField(point, 'to', next.length > 0 ? next : undefined))}
        searchable
        clearable
        nothingFoundMessage={t('tasks.noUser')}
        comboboxProps={{ withinPortal: true }}
      />
      <MultiSelect
        label={t('points.notify.teams')}
        description={t('points.notify.teamsHint')}
        placeholder={toTeams.length === 0 ? t('tasks.noTeam') : undefined}
        data={teams}
        value={toTeams}
        error={errorAt('toTeams') ?? wrongTeam}
        onChange={(next) => onChange(withField(point, 'toTeams', next.length > 0 ? next : undefined))}
        searchable
        clearable
        nothingFoundMessage={t('tasks.noTeams')}
        comboboxProps={{ withinPortal: true }}
      />
    </Stack>
  );
}
