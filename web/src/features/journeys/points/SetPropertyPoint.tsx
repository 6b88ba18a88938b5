import { SegmentedControl, Stack } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { valueText } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { useProperties } from '@/ui/pickers/useNames';
import { ValueField, type ValueType } from '@/ui/pickers/ValueField';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

type SetProperty = PointOf<'setProperty'>;

/** Gives a contact property a value, or takes it away. */
export const setPropertyPoint: PointView<'setProperty'> = {
  kind: 'setProperty',
  group: 'actions',
  shape: 'action',
  icon: IconPencil,
  create: () => ({ kind: 'setProperty', property: '', value: '' }),
  title: (point, telling) => {
    const { t } = telling;
    if (!point.property) return t('points.setProperty.nothing');
    return point.clear
      ? t('points.setProperty.cleared', { property: point.property })
      : t('points.setProperty.title', { property: point.property, value: valueText(telling, point.value) });
  },
  Form: SetPropertyForm,
};

function SetPropertyForm({ point, telling, onChange, errorAt }: PointFormProps<SetProperty>) {
  const { t } = telling;
  const properties = useProperties();
  const known = properties.data?.find((property) => property.name === point.property);
  return (
    <Stack gap={14}>
      <NamePicker
        kind="property"
        label={t('points.setProperty.property')}
        value={point.property || undefined}
        error={errorAt('property')}
        onChange={(property) => onChange({ ...point, property: property ?? '' })}
      />
      <SegmentedControl
        aria-label={t('points.setProperty.what')}
        value={point.clear ? 'clear' : 'set'}
        onChange={(what) =>
          onChange(
            what === 'clear'
              ? withField({ ...point, clear: true }, 'value', undefined)
              : withField({ ...point, value: '' }, 'clear', undefined),
          )
        }
        data={(['set', 'clear'] as const).map((value) => ({ value, label: t(`points.setProperty.${value}`) }))}
      />
      {!point.clear && (
        <ValueField
          label={t('points.setProperty.value')}
          value={point.value}
          types={typesOf(known?.type)}
          choices={known?.choices}
          error={errorAt('value')}
          onChange={(value) => onChange({ ...point, value })}
        />
      )}
    </Stack>
  );
}

function typesOf(type: string | undefined): ValueType[] {
  if (type === 'choice') return ['text'];
  if (type === 'text' || type === 'number' || type === 'boolean' || type === 'date' || type === 'dateTime' || type === 'choices')
    return [type];
  return ['text', 'number', 'boolean', 'date'];
}
