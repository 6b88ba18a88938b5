import { ActionIcon, Button, Group, Input, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPercentage, IconPlus, IconX } from '@tabler/icons-react';
import type { PointOf, SplitPath } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

/** Every contact draws a path by its share. */
export const splitPoint: PointView<'split'> = {
  kind: 'split',
  group: 'rules',
  shape: 'rule',
  icon: IconPercentage,
  create: () => ({
    kind: 'split',
    paths: [
      { name: '1', share: 50 },
      { name: '2', share: 50 },
    ],
  }),
  title: (point, { language }) => {
    const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    return point.paths.map((path) => share.format(path.share / 100)).join(' · ');
  },
  branch: (_, edge) => edge,
  Form: SplitForm,
};

const pathsMax = 20;

function SplitForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'split'>>) {
  const { t, formats } = telling;
  const sum = point.paths.reduce((total, path) => total + path.share, 0);
  const set = (at: number, change: Partial<SplitPath>) =>
    onChange({ ...point, paths: point.paths.map((path, index) => (index === at ? { ...path, ...change } : path)) });
  const add = () => {
    const names = new Set(point.paths.map((path) => path.name));
    let number = point.paths.length + 1;
    while (names.has(String(number))) number++;
    onChange({ ...point, paths: [...point.paths, { name: String(number), share: Math.max(0, 100 - sum) }] });
  };
  return (
    <Input.Wrapper label={t('points.split.paths')} error={errorAt('paths')} labelElement="div">
      <Stack gap={8} mt={4}>
        {point.paths.map((path, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path is its place; its name is being typed.
          <Group key={at} gap={8} wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              aria-label={t('points.split.name')}
              value={path.name}
              maxLength={200}
              error={errorAt(`paths/${at}/name`)}
              onChange={(event) => set(at, { name: event.currentTarget.value })}
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
              disabled={point.paths.length <= 2}
              onClick={() => onChange({ ...point, paths: point.paths.filter((_, index) => index !== at) })}
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
            disabled={point.paths.length >= pathsMax}
          >
            {t('points.split.add')}
          </Button>
          <Text size="sm" c={sum === 100 ? 'var(--p-ink-3)' : 'var(--p-danger)'}>
            {t('points.split.sum', { sum: formats.number(Math.round(sum * 100) / 100) })}
          </Text>
        </Group>
        <Switch
          label={t('points.split.newDraw')}
          description={t('points.split.newDrawHint')}
          checked={point.newDrawEachEntry ?? false}
          onChange={(event) => onChange(event.currentTarget.checked ? { ...point, newDrawEachEntry: true } : without(point))}
        />
      </Stack>
    </Input.Wrapper>
  );
}

function without({ newDrawEachEntry: _, ...point }: PointOf<'split'>): PointOf<'split'> {
  return point;
}
