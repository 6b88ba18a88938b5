import { Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNow } from '@/api/useNow';
import { useFormats } from '@/lib/useFormats';
import { ApprovalButtons } from './ApprovalButtons';
import classes from './NotificationList.module.css';
import { type Told, useRead, whoIs } from './useInbox';

interface Props {
  title: string;
  told: readonly Told[];
  /** Those that are new carry the way to have read them all. */
  fresh?: boolean;
  onGone: () => void;
}

/** What journeys told: whom it is about, what, and when. */
export function ToldList({ title, told, fresh = false, onGone }: Props) {
  const { t } = useTranslation();
  const { ago } = useFormats();
  const now = useNow();
  const read = useRead();
  if (told.length === 0) return null;
  return (
    <section>
      <Group justify="space-between" className={classes.title}>
        <Title order={3} className={classes.heading}>
          {title}
        </Title>
        {fresh && (
          <Button size="compact-xs" variant="subtle" loading={read.isPending} onClick={() => read.mutate(undefined)}>
            {t('frame.notifications.allRead')}
          </Button>
        )}
      </Group>
      <ul className={classes.items}>
        {told.map((one) => {
          const who = whoIs(one);
          const gone = () => {
            if (!one.readAt) read.mutate(one.id);
            onGone();
          };
          return (
            <li key={one.id} data-new={one.readAt ? undefined : true}>
              {one.contact && (
                <Link to={`/contacts/${one.contact.id}`} onClick={gone} className={classes.name}>
                  {who}
                </Link>
              )}
              <Text size="sm" className={classes.text}>
                {one.text}
              </Text>
              {!one.contact && one.journey && <ApprovalButtons told={one} onGone={onGone} />}
              <Group justify="space-between" gap="xs">
                <Text size="xs" c="dimmed">
                  {ago(one.at, now)}
                </Text>
                {!one.readAt && (
                  <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(one.id)}>
                    {t('frame.notifications.read')}
                  </Button>
                )}
              </Group>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
