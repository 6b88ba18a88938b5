import { ActionIcon, Menu } from '@mantine/core';
import { type Icon, IconDots, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { confirm } from '@/ui/confirm';
import { UsedByNames } from '@/ui/uses/UsedBy';
import type { UsedKind } from '@/ui/uses/useUses';

interface Props {
  name: string;
  onEdit?: () => void;
  /** What else can be done with it. */
  more?: readonly { text: string; icon?: Icon; onClick: () => void }[];
  /** Without it, there is nothing to take away. */
  removeText: string | undefined;
  removeTitle: string;
  removeWhy: string;
  /** What it is, to tell what still uses it. */
  used?: { kind: UsedKind; name: string };
  onRemove: () => void;
}

/** Change it, or take it away after a question. */
export function RowMenu({ name, onEdit, more = [], removeText, removeTitle, removeWhy, used, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={28} aria-label={t('settings.actions', { name })}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onEdit && (
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={onEdit}>
            {t('settings.edit')}
          </Menu.Item>
        )}
        {more.map(({ text, icon: One = IconRefresh, onClick }) => (
          <Menu.Item key={text} leftSection={<One size={16} stroke={1.6} />} onClick={onClick}>
            {text}
          </Menu.Item>
        ))}
        {removeText && (
          <Menu.Item
            c="var(--p-danger)"
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={() =>
              confirm({
                title: removeTitle,
                text: removeWhy,
                more: used && <UsedByNames {...used} />,
                button: removeText,
                cancel: t('frame.cancel'),
                onConfirm: onRemove,
              })
            }
          >
            {removeText}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
