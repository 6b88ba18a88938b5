import { Stack, TagsInput } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import type { Value } from '@/ui/conditions/condition';
import { valueText } from '@/ui/conditions/telling';
import { useProperties } from '@/ui/pickers/useNames';
import { withField } from '../definition/exits';
import type { PointOf, SwitchPath } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { PathRows } from './PathRows';
import { SourceField } from './SourceField';

/** A line for some values of one property. */
export const switchPoint: PointView<'switch'> = {
  kind: 'switch',
  group: 'rules',
  shape: 'rule',
  icon: IconListSearch,
  create: () => ({ kind: 'switch', property: '', paths: [{ name: '1', values: [] }] }),
  title: (point, { t }) => point.property || point.field || t('points.setProperty.nothing'),
  branch: (_, edge, { t }) => (edge === 'otherwise' ? t('points.paths.otherwise') : edge),
  Form: SwitchForm,
};

function SwitchForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'switch'>>) {
  const { t } = telling;
  const properties = useProperties();
  const known = properties.data?.find((property) => property.name === point.property);
  const read = valueReader(known?.type);
  return (
    <Stack gap={14}>
      <SourceField
        label={t('points.switch.by')}
        property={point.property}
        field={point.field}
        telling={telling}
        error={errorAt('property') ?? errorAt('field')}
        onChange={(property, field) => onChange(withField(withField(point, 'property', property), 'field', field))}
      />
      <PathRows<SwitchPath>
        label={t('points.paths.label')}
        paths={point.paths}
        create={() => ({ values: [] })}
        telling={telling}
        errorAt={errorAt}
        onChange={(paths) => onChange({ ...point, paths })}
        body={(path, set, at) => (
          <TagsInput
            label={t('points.switch.values')}
            data={known?.choices ?? []}
            value={path.values.map((value) => textOf(value) ?? valueText(telling, value))}
            error={
              errorAt(`paths/${at}/values`) ?? path.values.map((_, index) => errorAt(`paths/${at}/values/${index}`)).find(Boolean)
            }
            onChange={(texts) => set({ values: texts.map(read) })}
            acceptValueOnBlur
          />
        )}
      />
    </Stack>
  );
}

const textOf = (value: Value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined);

/** What is typed is a text, unless the property is of another type. */
function valueReader(type: string | undefined): (text: string) => Value {
  return (text) => {
    const number = Number(text);
    if ((type === 'number' || type === undefined) && text.trim() !== '' && String(number) === text.trim()) return number;
    if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
    return type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text) ? { date: text } : text;
  };
}
