import { Stack, Switch } from '@mantine/core';
import { IconFlag3 } from '@tabler/icons-react';
import { listText, valueText } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import { useEditor } from '../state/EditorContext';
import type { PointFormProps, PointView } from './kind';
import { ValuesField } from './ValuesField';

/** Where the stage property has one of some values. */
export const stagePoint: PointView<'stage'> = {
  kind: 'stage',
  group: 'rules',
  shape: 'rule',
  icon: IconFlag3,
  create: () => ({ kind: 'stage', values: [] }),
  title: (point, telling) =>
    point.values.length > 0
      ? listText(
          telling.language,
          point.values.map((value) => valueText(telling, value)),
        )
      : telling.t('points.stage.nothing'),
  Form: StageForm,
};

function StageForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'stage'>>) {
  const { t } = telling;
  const edit = useEditor((state) => state.edit);
  const settings = journey.settings ?? {};
  const values = errorAt('values') ?? point.values.map((_, index) => errorAt(`values/${index}`)).find(Boolean);
  return (
    <Stack gap={14}>
      <NamePicker
        kind="property"
        label={t('points.stage.property')}
        hint={t('points.stage.propertyHint')}
        value={settings.stageProperty}
        error={settings.stageProperty ? undefined : values}
        onChange={(property) => edit({ kind: 'settings', settings: withField(settings, 'stageProperty', property) })}
      />
      <ValuesField
        label={t('points.stage.values')}
        hint={t('points.stage.valuesHint')}
        property={settings.stageProperty}
        value={point.values}
        error={settings.stageProperty ? values : undefined}
        onChange={(chosen) => onChange({ ...point, values: chosen })}
      />
      <Switch
        label={t('points.stage.takesEmpty')}
        description={t('points.stage.takesEmptyHint')}
        checked={point.takesEmpty ?? false}
        error={errorAt('takesEmpty')}
        onChange={(event) => onChange(withField(point, 'takesEmpty', event.currentTarget.checked || undefined))}
      />
    </Stack>
  );
}
