import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Newer and older; lists are paged by key and never scrolled for ever. */
export function Pager({ onNewer, onOlder }: { onNewer: (() => void) | null; onOlder: (() => void) | null }) {
  const { t } = useTranslation();
  if (!onNewer && !onOlder) return null;
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        disabled={!onNewer}
        onClick={() => onNewer?.()}
        leftSection={<IconChevronLeft size={14} />}
      >
        {t('frame.table.back')}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!onOlder}
        onClick={() => onOlder?.()}
        rightSection={<IconChevronRight size={14} />}
      >
        {t('frame.table.on')}
      </Button>
    </Group>
  );
}
