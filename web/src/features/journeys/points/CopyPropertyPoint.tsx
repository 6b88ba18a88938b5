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
  create: () => ({ kind: 'copyProperty', into: '', property: '' }),
  title: (point, { t }) =>
    point.into ? `${point.into} ← ${point.property ?? point.field ?? ''}` : t('points.setProperty.nothing'),
  Form: CopyPropertyForm,
};

function CopyPropertyForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'copyProperty'>>) {
  const { t } = telling;
  return (
    <Stack gap={14}>
      <SourceField
        label={t('points.copyProperty.from')}
        journey={journey}
        property={point.property}
        field={point.field}
        telling={telling}
        error={errorAt('property') ?? errorAt('field')}
        onChange={(property, field) => onChange(withField(withField(point, 'property', property), 'field', field))}
      />
      <NamePicker
        kind="property"
        label={t('points.copyProperty.into')}
        hint={t('points.copyProperty.hint')}
        value={point.into || undefined}
        error={errorAt('into')}
        onChange={(into) => onChange({ ...point, into: into ?? '' })}
      />
    </Stack>
  );
}
