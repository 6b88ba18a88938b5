import { IconClock } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { DurationField } from '@/ui/pickers/DurationField';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

/** Waits for a time, counted from the arrival. */
export const delayPoint: PointView<'delay'> = {
  kind: 'delay',
  group: 'rules',
  shape: 'rule',
  icon: IconClock,
  create: () => ({ kind: 'delay', for: 'P1D' }),
  title: (point, { language }) => durationText(language, point.for),
  Form: DelayForm,
};

function DelayForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'delay'>>) {
  return (
    <DurationField
      label={telling.t('points.delay.for')}
      hint={telling.t('points.delay.hint')}
      value={point.for}
      error={errorAt('for')}
      onChange={(iso) => onChange({ ...point, for: iso })}
    />
  );
}
