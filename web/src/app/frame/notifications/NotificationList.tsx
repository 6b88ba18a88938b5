import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, take } from '@/api/client';
import { useNow } from '@/api/useNow';
import { useFormats } from '@/lib/useFormats';
import { useInbox } from '@/ui/notices/useInbox';
import classes from './NotificationList.module.css';
import { ToldList } from './ToldList';
import { isRunning, type Work } from './useWork';

/** Running work with its progress first, then what wants to be looked at, then what is over. */
export function NotificationList({ work, onGone }: { work: readonly Work[]; onGone: () => void }) {
  const { t } = useTranslation();
  const newest = useInbox().data?.newest ?? [];
  if (work.length + newest.length === 0) return <Text c="var(--p-ink-2)">{t('frame.notifications.none')}</Text>;
  return (
    <div className={classes.groups}>
      <Part title={t('frame.notifications.running')}>
        {work.filter(isRunning).map((one) => (
          <WorkItem key={one.id} work={one} onGone={onGone} />
        ))}
      </Part>
      <ToldList title={t('frame.notifications.new')} told={newest.filter(({ readAt }) => !readAt)} fresh onGone={onGone} />
      <ToldList title={t('frame.notifications.told')} told={newest.filter(({ readAt }) => readAt)} onGone={onGone} />
      {newest.length > 0 && (
        <Button component={Link} to="/notifications" onClick={onGone} variant="default" size="xs" w="fit-content">
          {t('frame.notifications.all')}
        </Button>
      )}
      <Part title={t('frame.notifications.earlier')}>
        {work
          .filter((one) => !isRunning(one))
          .map((one) => (
            <WorkItem key={one.id} work={one} onGone={onGone} />
          ))}
      </Part>
    </div>
  );
}

function WorkItem({ work, onGone }: { work: Work; onGone: () => void }) {
  const { t } = useTranslation();
  const { number, share, ago } = useFormats();
  const now = useNow();
  const client = useQueryClient();
  const { id, kind, name, status, progress, done, startedAt, endedAt, text, stoppable } = work;
  const stop = useMutation({
    mutationFn: () => take(api.POST('/api/v1/work/{id}/stop', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['work'] }),
  });
  const label = kind === 'bulk' ? t('frame.notifications.bulk') : name;
  const to = addressOf(work);
  return (
    <li>
      {to ? (
        <Link to={to} onClick={onGone} className={classes.name}>
          {label}
        </Link>
      ) : (
        <span className={classes.name}>{label}</span>
      )}
      {isRunning(work) && (
        <Progress value={progress * 100} my={6} aria-label={t('frame.notifications.progressOf', { name: label })} />
      )}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="var(--p-ink-2)">
          {t(`frame.notifications.kind.${kind}`)} · {t(`frame.notifications.status.${status}`)}
          {isRunning(work) ? `, ${share(progress, 1)}` : ''}
          {done ? ` · ${number(done)}` : ''}
        </Text>
        {isRunning(work) && stoppable && (
          <Button size="xs" variant="subtle" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('frame.notifications.stop')}
          </Button>
        )}
      </Group>
      {text && <Text size="sm">{text}</Text>}
      <Text size="xs" c="dimmed">
        {ago(endedAt ?? startedAt, now)}
      </Text>
    </li>
  );
}

/** Where the work can be seen; a bulk order has no page of its own. */
function addressOf({ kind, id, name }: Work): string | null {
  switch (kind) {
    case 'import':
      return `/contacts/imports/${encodeURIComponent(id.replace(/^import[:-]/, ''))}`;
    case 'segment':
      return `/segments/${encodeURIComponent(name)}`;
    default:
      return null;
  }
}

function Part({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <Title order={3} className={classes.title}>
        {title}
      </Title>
      <ul className={classes.items}>{children}</ul>
    </section>
  );
}
