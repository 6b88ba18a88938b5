import { ActionIcon, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { UsedBy } from './UsedBy';
import type { UsedKind } from './useUses';

/** Where something of a list is used; asked when somebody wants to know. */
export function UsedByButton({ kind, name }: { kind: UsedKind; name: string }) {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && close()}
      width={280}
      position="bottom-end"
      withArrow
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon size={28} aria-label={t('frame.uses.where', { name })} aria-expanded={opened} onClick={toggle}>
          <IconLink size={17} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>{opened && <UsedBy kind={kind} name={name} />}</Popover.Dropdown>
    </Popover>
  );
}
