import { ActionIcon, Button, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCalendarEvent,
  IconCheck,
  IconChevronDown,
  IconChevronRight,
  IconCircle,
  IconCircleCheck,
  IconMail,
  IconPhone,
  IconSquareCheck,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { foundName } from '@/api/contactName';
import { journeyNamesQuery } from '@/api/queries';
import { useMe } from '@/api/useSession';
import { useFormats } from '@/lib/useFormats';
import { Avatar } from '../Avatar';
import { Chip } from '../Chip';
import { confirm } from '../confirm';
import { toastFailed, toastSaved } from '../toasts';
import { tomorrowAtNine } from './dueGroups';
import { TaskForm } from './TaskForm';
import classes from './TaskList.module.css';
import { bodyOf, type Task, useNoteOf, useSaveTask, useTaskAct } from './useTasks';

const icons = { toDo: IconSquareCheck, call: IconPhone, email: IconMail, appointment: IconCalendarEvent };

interface Props {
  task: Task;
  now: Date;
  withContact: boolean;
  open: boolean;
  onToggle: () => void;
}

/** A task in one line, and, opened, all about it with what may be done. */
export function TaskRow({ task, now, withContact, open, onToggle }: Props) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const id = useId();
  const act = useTaskAct();
  const journeys = useQuery(journeyNamesQuery).data;
  const { title, kind, priority, due, overdue, assignee, team, contact, journey, doneAt } = task;
  const Icon = icons[kind];
  const who = contact && foundName(contact);
  const lead = [
    withContact ? who : null,
    journey && (journeys?.get(journey)?.name ?? journey),
    team && t('tasks.ofTeam', { team }),
  ]
    .filter(Boolean)
    .join(' · ');
  const failed = (problem: Error) => toastFailed(problem.message);
  const complete = useComplete(task);
  return (
    <li className={classes.task} data-open={open || undefined}>
      <div className={classes.line}>
        <Tooltip label={t(doneAt ? 'tasks.reopen' : 'tasks.complete')}>
          <ActionIcon
            aria-label={t(doneAt ? 'tasks.reopenOf' : 'tasks.completeOf', { title })}
            loading={act.isPending || complete.pending}
            onClick={() => (doneAt ? act.mutate({ id: task.id, act: 'reopen' }, { onError: failed }) : complete.now())}
          >
            {doneAt ? <IconCircleCheck size={20} stroke={1.6} /> : <IconCircle size={20} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
        <UnstyledButton className={classes.open} aria-expanded={open} aria-controls={open ? id : undefined} onClick={onToggle}>
          <Icon size={16} stroke={1.6} aria-label={t(`tasks.kind.${kind}`)} />
          <span className={classes.words}>
            <span className={classes.title} data-done={doneAt ? true : undefined}>
              {title}
            </span>
            {lead && <span className={classes.lead}>{lead}</span>}
          </span>
          {priority !== 'normal' && (
            <Chip tone={priority === 'high' ? 'warning' : 'outline'}>{t(`tasks.priority.${priority}`)}</Chip>
          )}
          {(doneAt ?? due) && (
            <time className={classes.due} data-late={overdue || undefined} dateTime={doneAt ?? due ?? undefined}>
              {dateTime(doneAt ?? due ?? '')}
            </time>
          )}
          {assignee && (
            <Tooltip label={assignee}>
              <span>
                <Avatar name={assignee} size={24} />
              </span>
            </Tooltip>
          )}
          {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        </UnstyledButton>
      </div>
      {open && <Details id={id} task={task} now={now} who={who ?? null} />}
    </li>
  );
}

/** Done, with a way back: a task that is done leaves the list at once. */
function useComplete({ id, title }: Task) {
  const { t } = useTranslation();
  const act = useTaskAct();
  const failed = (problem: Error) => toastFailed(problem.message);
  const undo = { label: t('tasks.undo'), act: () => act.mutate({ id, act: 'reopen' }, { onError: failed }) };
  const now = () =>
    act.mutate({ id, act: 'complete' }, { onSuccess: () => toastSaved(t('tasks.completed', { title }), undo), onError: failed });
  return { now, pending: act.isPending };
}

function Details({ id, task, now, who }: { id: string; task: Task; now: Date; who: string | null }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const me = useMe();
  const save = useSaveTask();
  const act = useTaskAct();
  const complete = useComplete(task);
  const [editing, edit] = useDisclosure();
  const { title, text, assignee, contact, journey, createdAt, createdBy, doneAt, doneBy } = task;
  const journeys = useQuery(journeyNamesQuery).data;
  const failed = (problem: Error) => toastFailed(problem.message);
  const note = useNoteOf();
  // Who was not reached is tried again tomorrow; that one tried stands on the contact's page.
  const missed = task.kind === 'call' || task.kind === 'appointment' ? task.kind : undefined;
  const miss = () => {
    change({ due: tomorrowAtNine(now).toISOString() });
    if (missed && contact)
      note.mutate({ contact: contact.id, text: t(`tasks.missedNote.${missed}`, { title }), by: me.email }, { onError: failed });
  };
  const change = (changes: Partial<ReturnType<typeof bodyOf>>) =>
    save.mutate({ id: task.id, body: { ...bodyOf(task), ...changes } }, { onError: failed });
  return (
    <div id={id} className={classes.details}>
      {text && <Text className={classes.text}>{text}</Text>}
      <Text size="sm" c="var(--p-ink-2)">
        {contact && (
          <>
            <Link to={`/contacts/${contact.id}`}>{who}</Link>
            {contact.phone && (
              <>
                {' · '}
                <a href={`tel:${contact.phone}`}>{contact.phone}</a>
              </>
            )}
            {contact.email && contact.email !== who && (
              <>
                {' · '}
                <a href={`mailto:${contact.email}`}>{contact.email}</a>
              </>
            )}
          </>
        )}
      </Text>
      <Text size="xs" c="var(--p-ink-3)">
        {journey ? (
          <>
            {t('tasks.madeBy', { at: dateTime(createdAt) })}{' '}
            <Link to={`/journeys/${journey}`}>{journeys?.get(journey)?.name ?? journey}</Link>
            {task.point && (
              <>
                {' · '}
                <Link to={`/journeys/${journey}?point=${encodeURIComponent(task.point)}`}>{t('tasks.onTheMap')}</Link>
              </>
            )}
          </>
        ) : (
          t('tasks.madeByHand', { at: dateTime(createdAt), who: createdBy ?? '–' })
        )}
        {' · '}
        {assignee ? t('tasks.for', { who: assignee }) : t('tasks.forNobody')}
        {doneAt && ` · ${t('tasks.doneBy', { at: dateTime(doneAt), who: doneBy ?? '–' })}`}
      </Text>
      <Group gap="xs" mt={12}>
        {!doneAt && (
          <>
            <Button size="xs" leftSection={<IconCheck size={14} aria-hidden />} loading={complete.pending} onClick={complete.now}>
              {t(`tasks.outcome.${task.kind}`)}
            </Button>
            {missed && (
              <Button size="xs" variant="default" loading={note.isPending || save.isPending} onClick={miss}>
                {t(`tasks.missed.${missed}`)}
              </Button>
            )}
            {assignee !== me.email && (
              <Button size="xs" variant="default" loading={save.isPending} onClick={() => change({ assignee: me.email })}>
                {t('tasks.take')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              loading={save.isPending}
              onClick={() => change({ due: tomorrowAtNine(now).toISOString() })}
            >
              {t('tasks.tomorrow')}
            </Button>
          </>
        )}
        {doneAt && (
          <Button
            size="xs"
            variant="default"
            loading={act.isPending}
            onClick={() => act.mutate({ id: task.id, act: 'reopen' }, { onError: failed })}
          >
            {t('tasks.reopen')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={edit.open}>
          {t('tasks.edit')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          onClick={() =>
            confirm({
              title: t('tasks.deleteTitle', { title }),
              text: t('tasks.deleteText'),
              button: t('tasks.delete'),
              cancel: t('frame.cancel'),
              onConfirm: () => act.mutate({ id: task.id, act: 'delete' }, { onError: failed }),
            })
          }
        >
          {t('tasks.delete')}
        </Button>
      </Group>
      {editing && <TaskForm task={task} onClose={edit.close} />}
    </div>
  );
}
