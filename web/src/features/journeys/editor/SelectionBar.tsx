import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowsMove, IconClipboardCopy, IconCopy, IconCut, IconDots, IconTrash, IconX } from '@tabler/icons-react';
import { useSay } from '@/lib/say';
import classes from './Editor.module.css';
import type { PointCommand } from './PointMenu';

const first = [
  { command: 'copy', icon: IconCopy },
  { command: 'cut', icon: IconCut },
  { command: 'moveTo', icon: IconArrowsMove },
] as const;

/** What can be done by mouse with several points at once; a single one has its pane. */
export function SelectionBar({
  ids,
  onCommand,
  onClear,
}: {
  ids: readonly string[];
  onCommand: (command: PointCommand, id: string) => void;
  onClear: () => void;
}) {
  const { t } = useSay();
  const [id = ''] = ids;
  return (
    <div className={classes.selected} role="toolbar" aria-label={t('map.selected.label')}>
      <span>{t('map.selected.count', { count: ids.length })}</span>
      {first.map(({ command, icon: Icon }) => (
        <Button
          key={command}
          size="compact-sm"
          variant="default"
          leftSection={<Icon size={15} stroke={1.7} aria-hidden />}
          onClick={() => onCommand(command, id)}
        >
          {t(`map.command.${command}`)}
        </Button>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        c="var(--p-danger)"
        leftSection={<IconTrash size={15} stroke={1.7} aria-hidden />}
        onClick={() => onCommand('delete', id)}
      >
        {t('map.command.delete')}
      </Button>
      <Menu withinPortal position="top-end">
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('map.command.more')}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconClipboardCopy size={15} />}
            rightSection="Ctrl D"
            onClick={() => onCommand('duplicate', id)}
          >
            {t('map.command.duplicate')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon size={28} aria-label={t('map.selected.clear')} onClick={onClear}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}
