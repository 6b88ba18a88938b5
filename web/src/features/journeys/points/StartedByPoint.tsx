import { MultiSelect } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { listText } from '@/ui/conditions/telling';
import type { PointOf, StartedByPath } from '../definition/journey';
import { cardOf } from './catalogue';
import type { PointFormProps, PointView } from './kind';
import { PathRows } from './PathRows';

/** By the starting point that brought the contact in. */
export const startedByPoint: PointView<'startedBy'> = {
  kind: 'startedBy',
  group: 'rules',
  shape: 'rule',
  icon: IconRoute,
  create: () => ({ kind: 'startedBy', paths: [{ name: '1', starts: [] }] }),
  title: (point, { language }) =>
    listText(
      language,
      point.paths.map((path) => path.name),
    ),
  branch: (_, edge, { t }) => (edge === 'otherwise' ? t('points.paths.otherwise') : edge),
  Form: StartedByForm,
};

function StartedByForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'startedBy'>>) {
  const { t } = telling;
  const starts = journey.start.map((start) => ({ value: start.id, label: cardOf(journey, start.id, telling).title }));
  return (
    <PathRows<StartedByPath>
      label={t('points.paths.label')}
      paths={point.paths}
      create={() => ({ starts: [] })}
      telling={telling}
      errorAt={errorAt}
      onChange={(paths) => onChange({ ...point, paths })}
      body={(path, set, at) => (
        <MultiSelect
          label={t('points.startedBy.starts')}
          data={starts}
          value={path.starts}
          error={
            errorAt(`paths/${at}/starts`) ?? path.starts.map((_, index) => errorAt(`paths/${at}/starts/${index}`)).find(Boolean)
          }
          onChange={(chosen) => set({ starts: chosen })}
        />
      )}
    />
  );
}
