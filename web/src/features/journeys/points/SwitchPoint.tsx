import { Stack } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { withField } from '../definition/exits';
import type { PointOf, SwitchPath } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { PathRows } from './PathRows';
import { SourceField } from './SourceField';
import { ValuesField } from './ValuesField';

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

function SwitchForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'switch'>>) {
  const { t } = telling;
  return (
    <Stack gap={14}>
      <SourceField
        label={t('points.switch.by')}
        journey={journey}
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
          <ValuesField
            label={t('points.switch.values')}
            property={point.property}
            value={path.values}
            error={
              errorAt(`paths/${at}/values`) ?? path.values.map((_, index) => errorAt(`paths/${at}/values/${index}`)).find(Boolean)
            }
            onChange={(values) => set({ values })}
          />
        )}
      />
    </Stack>
  );
}
