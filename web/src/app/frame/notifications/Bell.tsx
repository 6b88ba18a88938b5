import { ActionIcon, Drawer, Indicator, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useInbox } from '@/ui/notices/useInbox';
import { NotificationList } from './NotificationList';
import { isRunning, useWork } from './useWork';

/** Opens what goes on in the background; its number is what runs now, and what one has not read. */
export function Bell() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const work = useWork().data ?? [];
  const running = work.filter(isRunning).length;
  const unread = useInbox().data?.unread ?? 0;
  const count = running + unread;
  return (
    <>
      <Tooltip label={t('frame.notifications.title')} position="right">
        <Indicator label={count} size={16} disabled={count === 0} offset={5}>
          <ActionIcon
            size={36}
            onClick={open}
            aria-haspopup="dialog"
            aria-label={count > 0 ? t('frame.notifications.waiting', { running, unread }) : t('frame.notifications.title')}
          >
            <IconBell size={19} stroke={1.6} />
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <Drawer
        opened={opened}
        onClose={close}
        title={t('frame.notifications.title')}
        size={400}
        closeButtonProps={{ 'aria-label': t('frame.close') }}
      >
        <NotificationList work={work} onGone={close} />
      </Drawer>
    </>
  );
}
