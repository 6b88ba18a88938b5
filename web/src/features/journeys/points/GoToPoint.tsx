import { NumberInput, Select, Stack } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

/** Goes on at any other point. */
export const goToPoint: PointView<'goTo'> = {
  kind: 'goTo',
  group: 'rules',
  shape: 'goTo',
  icon: IconArrowBackUp,
  create: () => ({ kind: 'goTo', target: '' }),
  title: (point, telling) => (point.target ? telling.pointName(point.target) : telling.t('points.goTo.nowhere')),
  detail: (point, { t }) => (point.most === undefined ? undefined : t('points.goTo.times', { count: point.most })),
  Form: GoToForm,
};

function GoToForm({ id, point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'goTo'>>) {
  const { t } = telling;
  const targets = Object.keys(journey.points).filter((one) => one !== id);
  const data = targets.map((value) => ({ value, label: telling.pointName(value) }));
  return (
    <Stack gap={14}>
      <Select
        label={t('points.goTo.target')}
        description={t('points.goTo.hint')}
        searchable
        error={errorAt('target')}
        data={data}
        value={point.target || null}
        onChange={(target) => onChange({ ...point, target: target ?? '' })}
      />
      <NumberInput
        label={t('points.goTo.most')}
        description={t('points.goTo.mostHint')}
        placeholder="100"
        min={1}
        max={100}
        allowDecimal={false}
        value={point.most ?? ''}
        error={errorAt('most')}
        onChange={(most) => {
          const { most: _, beyond, ...plain } = point;
          onChange(typeof most === 'number' ? { ...plain, most, ...(beyond !== undefined && { beyond }) } : plain);
        }}
      />
      {point.most !== undefined && (
        <Select
          label={t('points.goTo.beyond')}
          description={t('points.goTo.beyondHint')}
          searchable
          clearable
          error={errorAt('beyond')}
          data={data}
          value={point.beyond ?? null}
          onChange={(beyond) => onChange(withField(point, 'beyond', beyond ?? undefined))}
        />
      )}
    </Stack>
  );
}
