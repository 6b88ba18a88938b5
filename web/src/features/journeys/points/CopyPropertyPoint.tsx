import { Stack } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { SourceField } from './SourceField';

/** Copies a value into a contact property. */
export const copyPropertyPoint: PointView<'copyProperty'> = {
  kind: 'copyProperty',
  group: 'actions',
  shape: 'action',
  icon: IconCopy,
  create: () => ({ kind: 'copyProperty', property: '', from: '' }),
  title: (point, { t }) =>
    point.property ? `${point.property} ← ${point.from ?? point.field ?? ''}` : t('points.setProperty.nothing'),
  Form: CopyPropertyForm,
};

function CopyPropertyForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'copyProperty'>>) {
  const { t } = telling;
  return (
    <Stack gap={14}>
      <SourceField
        label={t('points.copyProperty.from')}
        property={point.from}
        field={point.field}
        telling={telling}
        error={errorAt('from') ?? errorAt('field')}
        onChange={(from, field) => onChange(withField(withField(point, 'from', from), 'field', field))}
      />
      <NamePicker
        kind="property"
        label={t('points.copyProperty.into')}
        hint={t('points.copyProperty.hint')}
        value={point.property || undefined}
        error={errorAt('property')}
        onChange={(property) => onChange({ ...point, property: property ?? '' })}
      />
    </Stack>
  );
}
