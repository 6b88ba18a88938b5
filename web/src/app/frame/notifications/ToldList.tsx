import { Button, Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ToldItem } from '@/ui/notices/ToldItem';
import { type Told, useRead } from '@/ui/notices/useInbox';
import classes from './NotificationList.module.css';

interface Props {
  title: string;
  told: readonly Told[];
  /** Those that are new carry the way to have read them all. */
  fresh?: boolean;
  onGone: () => void;
}

/** What one was told, under a heading. */
export function ToldList({ title, told, fresh = false, onGone }: Props) {
  const { t } = useTranslation();
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
        {told.map((one) => (
          <ToldItem key={one.id} told={one} onGone={onGone} />
        ))}
      </ul>
    </section>
  );
}
