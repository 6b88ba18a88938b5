import { Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconSquareCheck } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { DurationField } from '@/ui/pickers/DurationField';
import { TeamPicker } from '@/ui/pickers/TeamPicker';
import { UserPicker } from '@/ui/pickers/UserPicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import { fieldExamples } from './fieldExamples';
import type { PointFormProps, PointView } from './kind';
import { shownText } from './shownText';

const kinds = ['toDo', 'call', 'email', 'appointment'] as const;
const priorities = ['low', 'normal', 'high'] as const;

/** Makes a task about the contact, for a user, a team or whoever takes it. */
export const createTaskPoint: PointView<'createTask'> = {
  kind: 'createTask',
  group: 'actions',
  shape: 'action',
  icon: IconSquareCheck,
  create: () => ({ kind: 'createTask', title: '' }),
  title: (point, { t }) => shownText(point.title) || t('points.createTask.nothing'),
  detail: (point, { t, language }) =>
    [
      point.toOwner ? t('points.createTask.theOwner') : point.assignee,
      point.team && t('tasks.ofTeam', { team: point.team }),
      point.inTurn && t('points.assignOwner.inTurn'),
      !point.toOwner && !point.assignee && !point.team && t('points.createTask.whoever'),
      point.dueAfter && t('points.createTask.within', { time: durationText(language, point.dueAfter) }),
    ]
      .filter(Boolean)
      .join(', '),
  Form: CreateTaskForm,
};

function CreateTaskForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'createTask'>>) {
  const { t } = telling;
  return (
    <Stack gap={14}>
      <TextInput
        label={t('tasks.title')}
        description={t('points.fieldsHint', fieldExamples)}
        value={point.title}
        error={errorAt('title')}
        onChange={(event) => onChange({ ...point, title: event.currentTarget.value })}
      />
      <Textarea
        label={t('tasks.text')}
        autosize
        minRows={2}
        value={point.text ?? ''}
        error={errorAt('text')}
        onChange={(event) => onChange(withField(point, 'text', event.currentTarget.value || undefined))}
      />
      <Select
        label={t('tasks.kindLabel')}
        data={kinds.map((value) => ({ value, label: t(`tasks.kind.${value}`) }))}
        value={point.task ?? 'toDo'}
        allowDeselect={false}
        onChange={(task) => onChange(withField(point, 'task', task === 'toDo' ? undefined : task))}
      />
      <Select
        label={t('tasks.priorityLabel')}
        data={priorities.map((value) => ({ value, label: t(`tasks.priority.${value}`) }))}
        value={point.priority ?? 'normal'}
        allowDeselect={false}
        onChange={(priority) => onChange(withField(point, 'priority', priority === 'normal' ? undefined : priority))}
      />
      <UserPicker
        label={t('tasks.assignee')}
        value={point.assignee ?? null}
        error={errorAt('assignee')}
        onChange={(assignee) => onChange(withField(point, 'assignee', assignee ?? undefined))}
      />
      <Switch
        label={t('points.createTask.owner')}
        description={t('points.createTask.ownerHint')}
        checked={point.toOwner ?? false}
        onChange={(event) => onChange(withField(point, 'toOwner', event.currentTarget.checked || undefined))}
      />
      <TeamPicker
        label={t('tasks.team')}
        hint={t('tasks.teamHint')}
        value={point.team ?? null}
        error={errorAt('team')}
        onChange={(team) => onChange(withField(team ? point : withField(point, 'inTurn', undefined), 'team', team ?? undefined))}
      />
      {(point.team || point.inTurn) && (
        <Switch
          label={t('points.createTask.inTurn')}
          description={t('points.createTask.inTurnHint')}
          checked={point.inTurn ?? false}
          error={errorAt('inTurn')}
          onChange={(event) => onChange(withField(point, 'inTurn', event.currentTarget.checked || undefined))}
        />
      )}
      <Switch
        label={t('points.createTask.isDue')}
        checked={point.dueAfter !== undefined}
        onChange={(event) => onChange(withField(point, 'dueAfter', event.currentTarget.checked ? 'P1D' : undefined))}
      />
      {point.dueAfter !== undefined && (
        <DurationField
          label={t('points.createTask.dueAfter')}
          hint={t('points.createTask.dueHint')}
          value={point.dueAfter}
          error={errorAt('dueAfter')}
          onChange={(dueAfter) => onChange({ ...point, dueAfter })}
        />
      )}
    </Stack>
  );
}
