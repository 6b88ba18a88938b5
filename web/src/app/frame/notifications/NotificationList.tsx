import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, take } from '@/api/client';
import { journeyNamesQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import classes from './NotificationList.module.css';
import type { Work } from './useWork';

/** Running work with its progress first, then what wants to be looked at, then what is over. */
export function NotificationList({ work: { running, filling, finished, alerts }, onGone }: { work: Work; onGone: () => void }) {
  const { t } = useTranslation();
  const { number, share, ago } = useFormats();
  const client = useQueryClient();
  const journeys = useQuery(journeyNamesQuery).data;
  const stop = useMutation({
    mutationFn: (id: string) => take(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  if (running.length + filling.length + finished.length + alerts.length === 0)
    return <Text c="var(--p-ink-2)">{t('frame.notifications.none')}</Text>;
  return (
    <div className={classes.groups}>
      <Part title={t('frame.notifications.running')} shown={running.length + filling.length > 0}>
        {running.map(({ id, file, progress, processed }) => (
          <li key={id}>
            <Link to={`/contacts/imports/${id}`} onClick={onGone} className={classes.name}>
              {file}
            </Link>
            <Progress value={progress * 100} my={6} aria-label={t('frame.notifications.progressOf', { name: file })} />
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {t('frame.notifications.rows', { count: processed, number: number(processed), share: share(progress, 1) })}
              </Text>
              <Button size="xs" variant="subtle" onClick={() => stop.mutate(id)}>
                {t('frame.notifications.stop')}
              </Button>
            </Group>
          </li>
        ))}
        {filling.map(({ name, filled }) => (
          <li key={name}>
            <Link to={`/segments/${encodeURIComponent(name)}`} onClick={onGone} className={classes.name}>
              {name}
            </Link>
            <Progress value={filled * 100} my={6} aria-label={t('frame.notifications.progressOf', { name })} />
            <Text size="sm" c="dimmed">
              {t('frame.notifications.fills', { share: share(filled, 1) })}
            </Text>
          </li>
        ))}
      </Part>
      <Part title={t('frame.notifications.alerts')} shown={alerts.length > 0}>
        {alerts.map(({ journey, code, detail, at }) => (
          <li key={journey + code + at}>
            <Link to={`/journeys/${journey}`} onClick={onGone} className={classes.name}>
              {journeys?.get(journey)?.name ?? journey}
            </Link>
            <Text size="sm">{detail}</Text>
            <Text size="xs" c="dimmed">
              {ago(at, new Date())}
            </Text>
          </li>
        ))}
      </Part>
      <Part title={t('frame.notifications.earlier')} shown={finished.length > 0}>
        {finished.map(({ id, file, status, imported, createdAt, finishedAt }) => (
          <li key={id}>
            <Link to={`/contacts/imports/${id}`} onClick={onGone} className={classes.name}>
              {file}
            </Link>
            <Text size="sm" c="var(--p-ink-2)">
              {t(`imports.status.${status}`)} · {t('frame.notifications.imported', { count: imported, number: number(imported) })}
            </Text>
            <Text size="xs" c="dimmed">
              {ago(finishedAt ?? createdAt, new Date())}
            </Text>
          </li>
        ))}
      </Part>
    </div>
  );
}

function Part({ title, shown, children }: { title: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null;
  return (
    <section>
      <Title order={3} className={classes.title}>
        {title}
      </Title>
      <ul className={classes.items}>{children}</ul>
    </section>
  );
}
