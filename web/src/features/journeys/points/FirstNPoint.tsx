import { NumberInput } from '@mantine/core';
import { IconTrophy } from '@tabler/icons-react';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

const mostMax = 10_000_000;

/** The first so many contacts go one way, all others the other. */
export const firstNPoint: PointView<'firstN'> = {
  kind: 'firstN',
  group: 'rules',
  shape: 'rule',
  icon: IconTrophy,
  create: () => ({ kind: 'firstN', first: 100 }),
  title: (point, { t, formats }) => t('points.firstN.title', { count: point.first, first: formats.number(point.first) }),
  branch: (_, edge, { t }) => t(edge === 'first' ? 'points.firstN.among' : 'points.firstN.others'),
  Form: FirstNForm,
};

function FirstNForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'firstN'>>) {
  const { t } = telling;
  return (
    <NumberInput
      label={t('points.firstN.first')}
      description={t('points.firstN.hint')}
      value={point.first}
      min={1}
      max={mostMax}
      allowDecimal={false}
      error={errorAt('first')}
      onChange={(first) => typeof first === 'number' && onChange({ ...point, first })}
    />
  );
}
