import { Select, Stack, Switch } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { DurationField } from '@/ui/pickers/DurationField';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';
import { SourceField } from './SourceField';

const units = ['minutes', 'hours', 'days'] as const;

/** Waits for a time, counted from the arrival, or for one drawn between two. */
export const delayPoint: PointView<'delay'> = {
  kind: 'delay',
  group: 'rules',
  shape: 'rule',
  icon: IconClock,
  create: () => ({ kind: 'delay', for: 'P1D' }),
  title: (point, { t, language }) =>
    (point.property ?? point.field) !== undefined
      ? t('points.delay.asSaid', { source: point.property || point.field || '…' })
      : point.upTo === undefined
        ? durationText(language, point.for)
        : t('points.delay.between', { least: durationText(language, point.for), most: durationText(language, point.upTo) }),
  Form: DelayForm,
};

function DelayForm({ point, journey, telling, onChange, errorAt }: PointFormProps<PointOf<'delay'>>) {
  const { t } = telling;
  const drawn = point.upTo !== undefined;
  const said = point.property !== undefined || point.field !== undefined;
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
        label={t('points.delay.said')}
        description={t('points.delay.saidHint')}
        checked={said}
        onChange={(event) => {
          const { property: _, field: __, unit: ___, upTo: ____, ...plain } = point;
          onChange(event.currentTarget.checked ? { ...plain, property: '' } : plain);
        }}
      />
      {said && (
        <>
          <SourceField
            label={t('points.delay.source')}
            journey={journey}
            property={point.property}
            field={point.field}
            telling={telling}
            error={errorAt('property') ?? errorAt('field')}
            onChange={(property, field) => onChange(withField(withField(point, 'property', property), 'field', field))}
          />
          <Select
            label={t('points.delay.unit')}
            data={units.map((value) => ({ value, label: t(`points.delay.unitOf.${value}`) }))}
            value={point.unit ?? 'days'}
            allowDeselect={false}
            onChange={(unit) => onChange(withField(point, 'unit', unit === 'days' || unit === null ? undefined : unit))}
          />
        </>
      )}
      {!said && (
        <Switch
          label={t('points.delay.drawn')}
          description={t('points.delay.drawnHint')}
          checked={drawn}
          onChange={(event) => onChange(withField(point, 'upTo', event.currentTarget.checked ? 'P2D' : undefined))}
        />
      )}
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
