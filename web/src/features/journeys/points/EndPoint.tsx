import { Radio, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Outcome, PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

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

function EndForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'end'>>) {
  const { t } = telling;
  return (
    <Radio.Group
      label={t('points.end.outcome')}
      value={point.outcome}
      error={errorAt('outcome')}
      onChange={(outcome) => onChange({ ...point, outcome: outcome as Outcome })}
    >
      <Stack gap={8} mt={6}>
        {outcomes.map((outcome) => (
          <Radio key={outcome} value={outcome} label={t(`points.end.${outcome}`)} description={t(`points.end.${outcome}Hint`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
