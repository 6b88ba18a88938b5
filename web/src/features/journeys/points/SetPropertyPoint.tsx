import { SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { Value } from '@/ui/conditions/condition';
import { valueText } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { useProperties } from '@/ui/pickers/useNames';
import { ValueField, type ValueType } from '@/ui/pickers/ValueField';
import { withField } from '../definition/exits';
import { type PointOf, type ValueOf, valuesOf } from '../definition/journey';
import { fieldExamples } from './fieldExamples';
import type { PointFormProps, PointView } from './kind';
import { shownText } from './shownText';

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
      : t('points.setProperty.title', {
          property: point.property,
          value: hasFields(point.value) ? shownText(String(point.value)) : valueText(telling, point.value),
        });
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
              ? withField(withField({ ...point, clear: true }, 'value', undefined), 'as', undefined)
              : withField({ ...point, value: '' }, 'clear', undefined),
          )
        }
        data={(['set', 'clear'] as const).map((value) => ({ value, label: t(`points.setProperty.${value}`) }))}
      />
      {!point.clear && (
        <>
          <ValueField
            label={t('points.setProperty.value')}
            value={point.value}
            types={withText(typesOf(known?.type))}
            choices={known?.choices}
            error={errorAt('value')}
            onChange={(value) =>
              onChange(withField({ ...point, value }, 'as', hasFields(value) ? (point.as ?? declaredAs(known?.type)) : undefined))
            }
          />
          <Text size="xs" c="var(--p-ink-2)">
            {t('points.fieldsHint', fieldExamples)}
          </Text>
          {hasFields(point.value) && (
            <Select
              label={t('points.setProperty.as')}
              description={t('points.setProperty.asHint')}
              data={valuesOf.map((value) => ({ value, label: t(`conditions.value.${value === 'texts' ? 'choices' : value}`) }))}
              value={point.as ?? 'text'}
              allowDeselect={false}
              error={errorAt('as')}
              onChange={(as) => onChange(withField(point, 'as', as === 'text' || as === null ? undefined : as))}
            />
          )}
        </>
      )}
    </Stack>
  );
}

/** Whether a text has places that are filled for each contact. */
function hasFields(value: Value | undefined): boolean {
  return typeof value === 'string' && value.includes('{{');
}

/** A text with fields can become any type. */
const withText = (types: ValueType[]): ValueType[] => (types.includes('text') ? types : [...types, 'text']);

function declaredAs(type: string | undefined): ValueOf | undefined {
  if (type === 'choices') return 'texts';
  return type === 'number' || type === 'boolean' || type === 'date' || type === 'dateTime' ? type : undefined;
}

function typesOf(type: string | undefined): ValueType[] {
  if (type === 'choice') return ['text'];
  if (type === 'text' || type === 'number' || type === 'boolean' || type === 'date' || type === 'dateTime' || type === 'choices')
    return [type];
  return ['text', 'number', 'boolean', 'date'];
}
