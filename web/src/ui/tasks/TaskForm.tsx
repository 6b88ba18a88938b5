import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/useSession';
import { instantOf, localOf } from '@/lib/localTimes';
import { applyReasons } from '../form/applyReasons';
import { ContactPicker } from '../pickers/ContactPicker';
import { TeamPicker } from '../pickers/TeamPicker';
import { UserPicker } from '../pickers/UserPicker';
import { toastFailed } from '../toasts';
import { type Task, useSaveTask } from './useTasks';

const kinds = ['toDo', 'call', 'email', 'appointment'] as const;
const priorities = ['low', 'normal', 'high'] as const;

interface Props {
  /** Null: a new one. */
  task: Task | null;
  /** Whom a new one is about, where that is settled. */
  contact?: string;
  onClose: () => void;
}

/** What is to be done, by when and by whom. */
export function TaskForm({ task, contact, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const save = useSaveTask();
  // Times are the reader's own: a task is in somebody's day.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const form = useForm({
    initialValues: {
      title: task?.title ?? '',
      text: task?.text ?? '',
      kind: task?.kind ?? 'toDo',
      priority: task?.priority ?? 'normal',
      due: localOf(task?.due ?? undefined, zone),
      assignee: task ? (task.assignee ?? null) : me.email,
      team: task?.team ?? null,
      contact: contact ?? null,
    },
    validate: { title: (title) => (title.trim() ? null : t('tasks.needsTitle')) },
  });
  const submit = form.onSubmit(({ due, contact, ...said }) =>
    save.mutate(
      {
        id: task?.id ?? null,
        body: { ...said, text: said.text.trim() || null, due: due ? instantOf(due, zone) : null, ...(task ? {} : { contact }) },
      },
      {
        onSuccess: onClose,
        onError: (problem) => (problem.reasons.length > 0 ? applyReasons(form, problem, t) : toastFailed(problem.message)),
      },
    ),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(task ? 'tasks.editTitle' : 'tasks.new')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput label={t('tasks.title')} maxLength={200} data-autofocus {...form.getInputProps('title')} />
          {!task && !contact && (
            <ContactPicker
              label={t('tasks.contact')}
              value={form.values.contact}
              onChange={(value) => form.setFieldValue('contact', value)}
            />
          )}
          <Textarea label={t('tasks.text')} autosize minRows={2} maxLength={5000} {...form.getInputProps('text')} />
          <Group grow gap="sm">
            <Select
              label={t('tasks.kindLabel')}
              data={kinds.map((value) => ({ value, label: t(`tasks.kind.${value}`) }))}
              allowDeselect={false}
              {...form.getInputProps('kind')}
            />
            <Select
              label={t('tasks.priorityLabel')}
              data={priorities.map((value) => ({ value, label: t(`tasks.priority.${value}`) }))}
              allowDeselect={false}
              {...form.getInputProps('priority')}
            />
          </Group>
          <TextInput type="datetime-local" label={t('tasks.dueLabel')} {...form.getInputProps('due')} />
          <UserPicker
            label={t('tasks.assignee')}
            value={form.values.assignee}
            error={form.errors.assignee}
            onChange={(assignee) => form.setFieldValue('assignee', assignee)}
          />
          <TeamPicker
            label={t('tasks.team')}
            hint={t('tasks.teamHint')}
            value={form.values.team}
            error={form.errors.team}
            onChange={(team) => form.setFieldValue('team', team)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('frame.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
