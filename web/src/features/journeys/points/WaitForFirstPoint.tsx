import { Stack } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { listText } from '@/ui/conditions/telling';
import type { PointOf, WaitPath } from '../definition/journey';
import { ActivityRows } from './ActivityRows';
import type { PointFormProps, PointView } from './kind';
import { PathRows } from './PathRows';
import { Timeout } from './Timeout';

/** Goes the line of the activity that happens first. */
export const waitForFirstPoint: PointView<'waitForFirst'> = {
  kind: 'waitForFirst',
  group: 'rules',
  shape: 'rule',
  icon: IconHourglassEmpty,
  create: () => ({ kind: 'waitForFirst', paths: [{ name: '1', activities: [] }], timeout: 'P3D' }),
  title: (point, { t, language }) => {
    const activities = listText(
      language,
      point.paths.map((path) => path.name),
    );
    return point.timeout === undefined
      ? activities
      : t('points.waitFor.upTo', { activities, duration: durationText(language, point.timeout) });
  },
  branch: (point, edge, { t, language }) =>
    edge === 'timeout' ? t('points.waitFor.after', { duration: durationText(language, point.timeout) }) : edge,
  Form: WaitForFirstForm,
};

function WaitForFirstForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'waitForFirst'>>) {
  return (
    <Stack gap={16}>
      <PathRows<WaitPath>
        label={telling.t('points.paths.label')}
        paths={point.paths}
        create={() => ({ activities: [] })}
        telling={telling}
        errorAt={errorAt}
        onChange={(paths) => onChange({ ...point, paths })}
        body={(path, set, at) => (
          <ActivityRows
            label={telling.t('points.waitFor.activities')}
            activities={path.activities}
            journey={journey}
            telling={telling}
            errorAt={(field) => errorAt(`paths/${at}/${field}`)}
            onChange={(activities) => set({ activities })}
          />
        )}
      />
      <Timeout point={point} telling={telling} error={errorAt('timeout')} onChange={onChange} />
    </Stack>
  );
}
