import { Group, NumberInput, Stack } from '@mantine/core';
import { IconPlusMinus } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

/** Adds to a number that the contact has, such as a score. */
export const increasePropertyPoint: PointView<'increaseProperty'> = {
  kind: 'increaseProperty',
  group: 'actions',
  shape: 'action',
  icon: IconPlusMinus,
  create: () => ({ kind: 'increaseProperty', property: '', by: 1 }),
  title: (point, { t, language }) =>
    point.property
      ? `${point.property} ${new Intl.NumberFormat(language, { signDisplay: 'always', maximumFractionDigits: 6 }).format(point.by)}`
      : t('points.setProperty.nothing'),
  Form: IncreasePropertyForm,
};

function IncreasePropertyForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'increaseProperty'>>) {
  const { t } = telling;
  return (
    <Stack gap={14}>
      <NamePicker
        kind="property"
        label={t('points.setProperty.property')}
        hint={t('points.increaseProperty.hint')}
        value={point.property || undefined}
        error={errorAt('property')}
        onChange={(property) => onChange({ ...point, property: property ?? '' })}
      />
      <NumberInput
        label={t('points.increaseProperty.by')}
        description={t('points.increaseProperty.byHint')}
        value={point.by}
        error={errorAt('by')}
        onChange={(by) => typeof by === 'number' && onChange({ ...point, by })}
      />
      <Group gap={8} grow align="flex-start">
        {(['least', 'most'] as const).map((limit) => (
          <NumberInput
            key={limit}
            label={t(`points.increaseProperty.${limit}`)}
            placeholder={t('points.increaseProperty.noLimit')}
            value={point[limit] ?? ''}
            error={errorAt(limit)}
            onChange={(value) => onChange(withField(point, limit, typeof value === 'number' ? value : undefined))}
          />
        ))}
      </Group>
    </Stack>
  );
}
