import { SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { instantOf, localOf } from '@/lib/localTimes';
import { weekdays } from '@/lib/weekdays';
import type { Telling } from '@/ui/conditions/telling';
import { listText } from '@/ui/conditions/telling';
import { DaysField, dayName, ZoneField } from '@/ui/pickers/calendar';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

type Until = PointOf<'waitUntil'>;

/** Waits until an instant, a day and time, or the next of some weekdays at a time. */
export const waitUntilPoint: PointView<'waitUntil'> = {
  kind: 'waitUntil',
  group: 'rules',
  shape: 'rule',
  icon: IconCalendarTime,
  create: () => ({
    kind: 'waitUntil',
    days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    time: '09:00',
    zone: 'contact',
  }),
  title,
  detail: (point, { t }) => (point.at ? undefined : zoneText(point.zone, t)),
  branch: (_, edge, { t }) => t(edge === 'missed' ? 'points.waitUntil.missed' : 'points.waitUntil.onTime'),
  Form: WaitUntilForm,
};

function title(point: Until, telling: Telling): string {
  const { t, formats, language } = telling;
  if (point.at) return t('points.waitUntil.untilDate', { date: formats.dateTime(point.at, telling.timeZone) });
  if (point.date)
    return t('points.waitUntil.untilDate', { date: `${formats.date(`${point.date}T00:00:00Z`, 'UTC')} ${point.time ?? ''}` });
  const days = point.days ?? [];
  if (days.length === 7) return t('points.waitUntil.everyDay', { time: point.time ?? '' });
  if (days.length === 5 && !days.includes('saturday') && !days.includes('sunday'))
    return t('points.waitUntil.workdays', { time: point.time ?? '' });
  return t('points.waitUntil.untilDays', {
    days: listText(
      language,
      days.map((day) => dayName(day, language, 'short')),
    ),
    time: point.time ?? '',
  });
}

function zoneText(zone: string | undefined, t: Telling['t']): string {
  if (zone === undefined || zone === 'journey') return t('points.waitUntil.zone.journey');
  return zone === 'contact' ? t('points.waitUntil.zone.contact') : zone;
}

type How = 'days' | 'date' | 'at';

function WaitUntilForm({ point, telling, onChange, errorAt }: PointFormProps<Until>) {
  const { t, language } = telling;
  const how: How = point.at !== undefined ? 'at' : point.date !== undefined ? 'date' : 'days';
  const { at: _at, date: _date, days: _days, time: _time, zone: _zone, ...rest } = point;
  const choose = (next: How) => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const time = point.time ?? '09:00';
    const zone = point.zone ?? 'contact';
    if (next === 'at') onChange({ ...rest, at: `${tomorrow.slice(0, 16)}:00Z` });
    else if (next === 'date') onChange({ ...rest, date: tomorrow.slice(0, 10), time, zone });
    else onChange({ ...rest, days: weekdays.slice(0, 5), time, zone });
  };
  return (
    <Stack gap={14}>
      <SegmentedControl
        fullWidth
        aria-label={t('points.waitUntil.how')}
        value={how}
        onChange={(next) => choose(next as How)}
        data={(['days', 'date', 'at'] as const).map((value) => ({ value, label: t(`points.waitUntil.kind.${value}`) }))}
      />
      {how === 'days' && (
        <DaysField
          label={t('points.waitUntil.days')}
          value={point.days ?? []}
          language={language}
          error={errorAt('days')}
          onChange={(days) => onChange({ ...point, days })}
        />
      )}
      {how === 'date' && (
        <TextInput
          type="date"
          label={t('points.waitUntil.date')}
          value={point.date ?? ''}
          error={errorAt('date')}
          onChange={(event) => event.currentTarget.value && onChange({ ...point, date: event.currentTarget.value })}
        />
      )}
      {how === 'at' ? (
        <TextInput
          type="datetime-local"
          label={t('points.waitUntil.at')}
          description={t('points.zoneOfJourney', { zone: telling.timeZone ?? 'UTC' })}
          value={localOf(point.at, telling.timeZone)}
          error={errorAt('at')}
          onChange={(event) =>
            event.currentTarget.value && onChange({ ...point, at: instantOf(event.currentTarget.value, telling.timeZone) })
          }
        />
      ) : (
        <>
          <TextInput
            type="time"
            label={t('points.waitUntil.time')}
            value={point.time ?? ''}
            error={errorAt('time')}
            onChange={(event) => event.currentTarget.value && onChange({ ...point, time: event.currentTarget.value.slice(0, 5) })}
          />
          <ZoneField
            value={point.zone}
            telling={telling}
            error={errorAt('zone')}
            onChange={(zone) => onChange(withField(point, 'zone', zone))}
          />
        </>
      )}
      <Switch
        label={t('points.waitUntil.missedSwitch')}
        description={t('points.waitUntil.missedHint')}
        checked={point.missed !== undefined}
        disabled={point.missed === undefined && point.next === undefined}
        onChange={(event) => onChange(withField(point, 'missed', event.currentTarget.checked ? point.next : undefined))}
      />
    </Stack>
  );
}
