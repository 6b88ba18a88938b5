import { Button, Group, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserQuestion } from '@tabler/icons-react';
import { useConditionCount } from '@/api/useConditionCount';
import type { Condition } from './condition';
import { TryCondition } from './TryCondition';
import type { Telling } from './telling';

/** For how many it holds now, and whether it does for one whom one knows. What only makes sense inside a journey cannot be asked here, and is left out. */
export function ConditionFoot({ condition, telling, total }: { condition: Condition; telling: Telling; total: boolean }) {
  const { t, formats } = telling;
  const [opened, { toggle, close }] = useDisclosure();
  const { data, isError } = useConditionCount(condition);
  if (isError) return null;
  const matches = data?.matches ?? data?.about ?? undefined;
  return (
    <Group justify="space-between" gap="xs" mt={6} mih={26}>
      <Text size="sm" c="var(--p-ink-2)" aria-live="polite">
        {!total
          ? ''
          : !data || matches === undefined
            ? t('conditions.count.counting')
            : t('conditions.count.match', {
                count: matches,
                number: formats.number(matches),
                share: formats.share(matches, data.of),
              })}
      </Text>
      <Popover
        opened={opened}
        onChange={(open) => !open && close()}
        width={340}
        position="bottom-end"
        trapFocus
        withArrow
        withinPortal
      >
        <Popover.Target>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconUserQuestion size={15} aria-hidden />}
            aria-expanded={opened}
            onClick={toggle}
          >
            {t('conditions.try.button')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <TryCondition condition={condition} telling={telling} />
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}
