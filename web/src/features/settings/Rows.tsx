import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props<Row> {
  title: string;
  hint?: string;
  rows: readonly Row[];
  add: string;
  remove: (row: Row) => string;
  empty: Row;
  onChange: (rows: Row[]) => void;
  /** Of several lines each: what belongs together is told by the space between them. */
  roomy?: boolean;
  children: (row: Row, at: number, change: (row: Row) => void) => ReactNode;
}

/** Several of one thing: each can be taken away, and another added. */
export function Rows<Row>({ title, hint, rows, add, remove, empty, onChange, roomy = false, children }: Props<Row>) {
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <Text fw={600}>{title}</Text>
      {hint && (
        <Text size="sm" c="var(--p-ink-2)">
          {hint}
        </Text>
      )}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed.
        <Group key={at} gap="xs" wrap="nowrap" align="flex-start" mb={roomy ? 'sm' : undefined}>
          <Stack gap={6} flex={1} miw={0}>
            {children(row, at, (next) => onChange(rows.map((one, index) => (index === at ? next : one))))}
          </Stack>
          <ActionIcon size={36} aria-label={remove(row)} onClick={() => onChange(rows.filter((_, index) => index !== at))}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...rows, empty])}
      >
        {add}
      </Button>
    </Stack>
  );
}
