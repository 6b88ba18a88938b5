import { Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** A list of settings: what it is for, the button that adds one, the table. */
export function Section({ lead, add, onAdd, children }: { lead: string; add: string; onAdd: () => void; children: ReactNode }) {
  return (
    <>
      <Group justify="space-between" align="flex-start" mb="md" wrap="wrap">
        <Text c="var(--p-ink-2)" maw={640}>
          {lead}
        </Text>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
          {add}
        </Button>
      </Group>
      {children}
    </>
  );
}
