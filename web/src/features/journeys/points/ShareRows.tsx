import { ActionIcon, Button, Group, Input, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Telling } from '@/ui/conditions/telling';
import type { SplitPath } from '../definition/journey';

interface Props {
  paths: SplitPath[];
  telling: Telling;
  onChange: (paths: SplitPath[]) => void;
  errorAt: (field: string) => string | undefined;
  /** What the first line is called besides its name. */
  first?: string;
  children?: ReactNode;
}

const pathsMax = 20;

/** Lines that contacts draw by their shares, which make 100. */
export function ShareRows({ paths, telling, onChange, errorAt, first, children }: Props) {
  const { t, formats } = telling;
  const sum = paths.reduce((total, path) => total + path.share, 0);
  const set = (at: number, change: Partial<SplitPath>) =>
    onChange(paths.map((path, index) => (index === at ? { ...path, ...change } : path)));
  const add = () => {
    const names = new Set(paths.map((path) => path.name));
    let number = paths.length + 1;
    while (names.has(String(number))) number++;
    onChange([...paths, { name: String(number), share: Math.max(0, 100 - sum) }]);
  };
  return (
    <Input.Wrapper label={t('points.split.paths')} error={errorAt('paths')} labelElement="div">
      <Stack gap={8} mt={4}>
        {paths.map((path, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path is its place; its name is being typed.
          <Group key={at} gap={8} wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              aria-label={t('points.split.name')}
              value={path.name}
              maxLength={200}
              error={errorAt(`paths/${at}/name`)}
              onChange={(event) => set(at, { name: event.currentTarget.value })}
              description={at === 0 ? first : undefined}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
            />
            <NumberInput
              w={96}
              aria-label={t('points.split.share', { path: path.name })}
              value={path.share}
              min={0}
              max={100}
              decimalScale={2}
              suffix=" %"
              error={errorAt(`paths/${at}/share`)}
              onChange={(share) => typeof share === 'number' && set(at, { share })}
            />
            <ActionIcon
              mt={2}
              aria-label={t('points.split.remove', { path: path.name })}
              disabled={paths.length <= 2}
              onClick={() => onChange(paths.filter((_, index) => index !== at))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group justify="space-between">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={add}
            disabled={paths.length >= pathsMax}
          >
            {t('points.split.add')}
          </Button>
          <Text size="sm" c={sum === 100 ? 'var(--p-ink-3)' : 'var(--p-danger)'}>
            {t('points.split.sum', { sum: formats.number(Math.round(sum * 100) / 100) })}
          </Text>
        </Group>
        {children}
      </Stack>
    </Input.Wrapper>
  );
}
