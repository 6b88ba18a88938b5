import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/api/useNow';
import { dueGroup, grouped } from './dueGroups';
import classes from './TaskList.module.css';
import { TaskRow } from './TaskRow';
import type { Task } from './useTasks';

interface Props {
  tasks: readonly Task[];
  /** On a contact's page nobody needs to be told whose page it is. */
  withContact?: boolean;
  /** In one list, and not under when they are due: they are sorted otherwise. */
  flat?: boolean;
  /** The task that stands open at first. */
  openAtFirst?: string;
  onMore?: () => void;
  loadingMore?: boolean;
}

/** Tasks under when they are due; one at a time stands open. */
export function TaskList({ tasks, withContact = true, flat = false, openAtFirst, onMore, loadingMore }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<string | null>(openAtFirst ?? null);
  const now = useNow();
  const done = tasks.every(({ doneAt }) => doneAt);
  const groups = done || flat ? [{ group: null, items: tasks }] : grouped(tasks, (task) => dueGroup(task, now));
  return (
    <>
      {groups.map(({ group, items }) => (
        <section key={group ?? 'done'} aria-label={group ? t(`tasks.due.${group}`) : t(done ? 'tasks.done' : 'tasks.page')}>
          {group && (
            <h3 className={classes.group} data-late={group === 'overdue' || undefined}>
              {t(`tasks.due.${group}`)}
            </h3>
          )}
          <ul className={classes.list}>
            {items.map((task) => (
              <TaskRow
                key={task.id}
                task={task}
                now={now}
                withContact={withContact}
                open={opened === task.id}
                onToggle={() => setOpened(opened === task.id ? null : task.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      {onMore && (
        <div className={classes.more}>
          <Button variant="default" size="xs" loading={loadingMore} onClick={onMore}>
            {t('tasks.more')}
          </Button>
        </div>
      )}
    </>
  );
}
