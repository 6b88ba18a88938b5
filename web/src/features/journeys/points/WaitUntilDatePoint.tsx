import { NumberInput, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { IconCake } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import { ZoneField } from './calendar';
import type { PointFormProps, PointView } from './kind';

type UntilDate = PointOf<'waitUntilDate'>;

/** Waits until some days before or after a date of the contact, or its anniversary. */
export const waitUntilDatePoint: PointView<'waitUntilDate'> = {
  kind: 'waitUntilDate',
  group: 'rules',
  shape: 'rule',
  icon: IconCake,
  create: () => ({ kind: 'waitUntilDate', property: '', time: '09:00', zone: 'contact' }),
  title: (point, { t }) => {
    if (!point.property) return t('points.setProperty.nothing');
    const days = point.days ?? 0;
    const values = { property: point.property, time: point.time, count: Math.abs(days) };
    if (days === 0) return t('points.waitUntilDate.on', values);
    return days < 0 ? t('points.waitUntilDate.before', values) : t('points.waitUntilDate.after', values);
  },
  detail: (point, { t }) => (point.yearly ? t('points.waitUntilDate.yearly') : undefined),
  branch: (_, edge, { t }) => t(edge === 'missed' ? 'points.waitUntilDate.missed' : 'points.waitUntil.onTime'),
  Form: WaitUntilDateForm,
};

type When = 'before' | 'on' | 'after';

function WaitUntilDateForm({ point, telling, onChange, errorAt }: PointFormProps<UntilDate>) {
  const { t } = telling;
  const days = point.days ?? 0;
  const when: When = days === 0 ? 'on' : days < 0 ? 'before' : 'after';
  const setDays = (count: number) => onChange(withField(point, 'days', count === 0 ? undefined : count));
  return (
    <Stack gap={14}>
      <NamePicker
        kind="property"
        label={t('points.waitUntilDate.property')}
        hint={t('points.waitUntilDate.propertyHint')}
        value={point.property || undefined}
        error={errorAt('property')}
        onChange={(property) => onChange({ ...point, property: property ?? '' })}
      />
      <SegmentedControl
        fullWidth
        aria-label={t('points.waitUntilDate.when')}
        value={when}
        onChange={(next) => setDays(next === 'on' ? 0 : (Math.abs(days) || 1) * (next === 'before' ? -1 : 1))}
        data={(['before', 'on', 'after'] as const).map((value) => ({ value, label: t(`points.waitUntilDate.choice.${value}`) }))}
      />
      {when !== 'on' && (
        <NumberInput
          label={t('points.waitUntilDate.days')}
          value={Math.abs(days)}
          min={1}
          max={1825}
          allowDecimal={false}
          error={errorAt('days')}
          onChange={(count) => typeof count === 'number' && count > 0 && setDays(when === 'before' ? -count : count)}
        />
      )}
      <TextInput
        type="time"
        label={t('points.waitUntil.time')}
        value={point.time}
        error={errorAt('time')}
        onChange={(event) => event.currentTarget.value && onChange({ ...point, time: event.currentTarget.value.slice(0, 5) })}
      />
      <ZoneField
        value={point.zone}
        telling={telling}
        error={errorAt('zone')}
        onChange={(zone) => onChange(withField(point, 'zone', zone))}
      />
      <Switch
        label={t('points.waitUntilDate.yearly')}
        description={t('points.waitUntilDate.yearlyHint')}
        checked={point.yearly ?? false}
        onChange={(event) => onChange(withField(point, 'yearly', event.currentTarget.checked || undefined))}
      />
      <Switch
        label={t('points.waitUntilDate.missedSwitch')}
        description={t('points.waitUntilDate.missedHint')}
        checked={point.missed !== undefined}
        disabled={point.missed === undefined && point.next === undefined}
        onChange={(event) => onChange(withField(point, 'missed', event.currentTarget.checked ? point.next : undefined))}
      />
    </Stack>
  );
}
