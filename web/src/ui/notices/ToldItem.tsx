import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { journeyNamesQuery } from '@/api/queries';
import { useNow } from '@/api/useNow';
import { useFormats } from '@/lib/useFormats';
import { ApprovalButtons } from './ApprovalButtons';
import classes from './ToldItem.module.css';
import { toldPath, toldWords } from './toldWords';
import { type Told, useRead } from './useInbox';

/** One thing that one is told: whom or what it is about, with the way there, what, and when. */
export function ToldItem({ told, onGone }: { told: Told; onGone?: () => void }) {
  const { t } = useTranslation();
  const { ago, dateTime } = useFormats();
  const now = useNow();
  const read = useRead();
  const journeys = useQuery(journeyNamesQuery).data;
  const { about, text } = toldWords(t, told, journeys);
  const path = toldPath(told);
  const gone = () => {
    if (!told.readAt) read.mutate(told.id);
    onGone?.();
  };
  return (
    <li className={classes.item} data-new={told.readAt ? undefined : true}>
      {path && (
        <Link to={path} onClick={gone} className={classes.name}>
          {about ?? t('frame.notifications.look')}
        </Link>
      )}
      <Text size="sm" className={classes.text}>
        {text}
      </Text>
      {!told.contact && told.journey && told.kind !== 'alert' && <ApprovalButtons told={told} onGone={() => onGone?.()} />}
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" component="time" dateTime={told.at} title={dateTime(told.at)}>
          {ago(told.at, now)}
        </Text>
        {!told.readAt && (
          <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(told.id)}>
            {t('frame.notifications.read')}
          </Button>
        )}
      </Group>
    </li>
  );
}
