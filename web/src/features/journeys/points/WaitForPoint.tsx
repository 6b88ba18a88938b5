import { Stack } from '@mantine/core';
import { IconHourglassHigh } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { listText } from '@/ui/conditions/telling';
import type { PointOf } from '../definition/journey';
import { ActivityRows } from './ActivityRows';
import { activityText } from './activities';
import type { PointFormProps, PointView } from './kind';
import { Timeout } from './Timeout';

type WaitFor = PointOf<'waitFor'>;

/** Goes on when one of its activities happens, or by another line when none has in time. */
export const waitForPoint: PointView<'waitFor'> = {
  kind: 'waitFor',
  group: 'rules',
  shape: 'rule',
  icon: IconHourglassHigh,
  create: () => ({ kind: 'waitFor', activities: [], timeout: 'P3D' }),
  title: (point, telling) => {
    const { t, language } = telling;
    if (point.activities.length === 0) return t('points.waitFor.nothing');
    const activities = listText(
      language,
      point.activities.map((activity) => activityText(activity, telling)),
    );
    return point.timeout === undefined
      ? activities
      : t('points.waitFor.upTo', { activities, duration: durationText(language, point.timeout) });
  },
  branch: (point, edge, { t, language }) =>
    edge === 'timeout'
      ? t('points.waitFor.after', { duration: durationText(language, point.timeout) })
      : t('points.waitFor.happened'),
  Form: WaitForForm,
};

function WaitForForm({ point, journey, telling, onChange, errorAt }: PointFormProps<WaitFor>) {
  return (
    <Stack gap={16}>
      <ActivityRows
        label={telling.t('points.waitFor.activities')}
        activities={point.activities}
        journey={journey}
        telling={telling}
        errorAt={errorAt}
        onChange={(activities) => onChange({ ...point, activities })}
      />
      <Timeout point={point} telling={telling} error={errorAt('timeout')} onChange={onChange} />
    </Stack>
  );
}
