import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowsMove,
  IconClipboard,
  IconClipboardCopy,
  IconCopy,
  IconCut,
  IconDots,
  IconNote,
  IconTrash,
} from '@tabler/icons-react';
import { useSay } from '@/lib/say';

export interface PointMenuProps {
  id: string;
  onCommand: (command: PointCommand, id: string) => void;
  isStart: boolean;
}

export type PointCommand = 'copy' | 'cut' | 'paste' | 'duplicate' | 'moveTo' | 'note' | 'delete' | 'deleteBranch';

const icons = {
  copy: IconCopy,
  cut: IconCut,
  paste: IconClipboard,
  duplicate: IconClipboardCopy,
  moveTo: IconArrowsMove,
  note: IconNote,
  delete: IconTrash,
  deleteBranch: IconTrash,
};
const keys: Partial<Record<PointCommand, string>> = {
  copy: 'Ctrl C',
  cut: 'Ctrl X',
  paste: 'Ctrl V',
  duplicate: 'Ctrl D',
  delete: 'Del',
};

/** What can be done with a point besides its form. */
export function PointMenu({ id, onCommand, isStart }: PointMenuProps) {
  const { t } = useSay();
  const commands: PointCommand[] = isStart
    ? ['note', 'delete']
    : ['copy', 'cut', 'paste', 'duplicate', 'moveTo', 'note', 'delete', 'deleteBranch'];
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('map.command.more')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map((command) => {
          const Icon = icons[command];
          return (
            <Menu.Item
              key={command}
              leftSection={<Icon size={15} />}
              rightSection={keys[command]}
              color={command.startsWith('delete') ? 'red' : undefined}
              onClick={() => onCommand(command, id)}
            >
              {t(`map.command.${command}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
