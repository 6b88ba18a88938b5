import { Stack, Switch } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { DurationField } from '@/ui/pickers/DurationField';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

/** Waits for a time, counted from the arrival, or for one drawn between two. */
export const delayPoint: PointView<'delay'> = {
  kind: 'delay',
  group: 'rules',
  shape: 'rule',
  icon: IconClock,
  create: () => ({ kind: 'delay', for: 'P1D' }),
  title: (point, { t, language }) =>
    point.upTo === undefined
      ? durationText(language, point.for)
      : t('points.delay.between', { least: durationText(language, point.for), most: durationText(language, point.upTo) }),
  Form: DelayForm,
};

function DelayForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'delay'>>) {
  const { t } = telling;
  const drawn = point.upTo !== undefined;
  return (
    <Stack gap={14}>
      <DurationField
        label={t(drawn ? 'points.delay.least' : 'points.delay.for')}
        hint={t('points.delay.hint')}
        value={point.for}
        error={errorAt('for')}
        onChange={(iso) => onChange({ ...point, for: iso })}
      />
      <Switch
        label={t('points.delay.drawn')}
        description={t('points.delay.drawnHint')}
        checked={drawn}
        onChange={(event) => onChange(withField(point, 'upTo', event.currentTarget.checked ? 'P2D' : undefined))}
      />
      {point.upTo !== undefined && (
        <DurationField
          label={t('points.delay.most')}
          value={point.upTo}
          error={errorAt('upTo')}
          onChange={(iso) => onChange({ ...point, upTo: iso })}
        />
      )}
    </Stack>
  );
}
