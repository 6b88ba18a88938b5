import { Switch } from '@mantine/core';
import { IconPercentage } from '@tabler/icons-react';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { ShareRows } from './ShareRows';

/** Every contact draws a path by its share. */
export const splitPoint: PointView<'split'> = {
  kind: 'split',
  group: 'rules',
  shape: 'rule',
  icon: IconPercentage,
  create: () => ({
    kind: 'split',
    paths: [
      { name: '1', share: 50 },
      { name: '2', share: 50 },
    ],
  }),
  title: (point, { language }) => {
    const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    return point.paths.map((path) => share.format(path.share / 100)).join(' · ');
  },
  branch: (_, edge) => edge,
  Form: SplitForm,
};

function SplitForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'split'>>) {
  const { t } = telling;
  return (
    <ShareRows paths={point.paths} telling={telling} errorAt={errorAt} onChange={(paths) => onChange({ ...point, paths })}>
      <Switch
        label={t('points.split.newDraw')}
        description={t('points.split.newDrawHint')}
        checked={point.newDrawEachEntry ?? false}
        onChange={(event) => onChange(event.currentTarget.checked ? { ...point, newDrawEachEntry: true } : without(point))}
      />
    </ShareRows>
  );
}

function without({ newDrawEachEntry: _, ...point }: PointOf<'split'>): PointOf<'split'> {
  return point;
}
