import { Radio, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { Outcome, PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { ValuesField } from './ValuesField';

/** Ends the journey for the contact. */
export const endPoint: PointView<'end'> = {
  kind: 'end',
  group: 'rules',
  shape: 'end',
  icon: IconCircleCheck,
  create: () => ({ kind: 'end', outcome: 'completed' }),
  title: (point, { t }) => t(`points.end.${point.outcome}`),
  Form: EndForm,
};

const outcomes: Outcome[] = ['successful', 'unsuccessful', 'completed'];

function EndForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'end'>>) {
  const { t } = telling;
  const property = journey.settings?.stageProperty;
  return (
    <Stack gap={16}>
      <Radio.Group
        label={t('points.end.outcome')}
        value={point.outcome}
        error={errorAt('outcome')}
        onChange={(outcome) => onChange({ ...point, outcome: outcome as Outcome })}
      >
        <Stack gap={8} mt={6}>
          {outcomes.map((outcome) => (
            <Radio
              key={outcome}
              value={outcome}
              label={t(`points.end.${outcome}`)}
              description={t(`points.end.${outcome}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {(property || point.values) && (
        <ValuesField
          label={t('points.end.values')}
          hint={t('points.end.valuesHint')}
          property={property}
          value={point.values ?? []}
          error={errorAt('values') ?? point.values?.map((_, index) => errorAt(`values/${index}`)).find(Boolean)}
          onChange={(values) => onChange(withField(point, 'values', values.length > 0 ? values : undefined))}
        />
      )}
      <NamePicker
        kind="list"
        label={t('points.end.addToList')}
        hint={t('points.end.addToListHint')}
        value={point.addToList}
        error={errorAt('addToList')}
        clearable
        onChange={(list) => onChange(withField(point, 'addToList', list))}
      />
      <NamePicker
        kind="tag"
        label={t('points.end.addTag')}
        hint={t('points.end.addTagHint')}
        value={point.addTag}
        error={errorAt('addTag')}
        onChange={(tag) => onChange(withField(point, 'addTag', tag))}
      />
    </Stack>
  );
}
