import { Select } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
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
  Form: GoToForm,
};

function GoToForm({ id, point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'goTo'>>) {
  const { t } = telling;
  const targets = Object.keys(journey.points).filter((one) => one !== id);
  return (
    <Select
      label={t('points.goTo.target')}
      description={t('points.goTo.hint')}
      searchable
      error={errorAt('target')}
      data={targets.map((value) => ({ value, label: telling.pointName(value) }))}
      value={point.target || null}
      onChange={(target) => onChange({ ...point, target: target ?? '' })}
    />
  );
}
