import { Chip, Group, Input, SegmentedControl, Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import type { Telling } from '@/ui/conditions/telling';
import { listText } from '@/ui/conditions/telling';
import { withField } from '../definition/exits';
import type { PointOf, Weekday } from '../definition/journey';
import { weekdays } from '../definition/journey';
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
  if (point.at) return t('points.waitUntil.untilDate', { date: formats.dateTime(point.at) });
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

/** 2024-01-01 was a Monday. */
function dayName(day: Weekday, language: string, width: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1 + weekdays.indexOf(day))),
  );
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
        <Input.Wrapper label={t('points.waitUntil.days')} error={errorAt('days')} labelElement="div">
          <Chip.Group
            multiple
            value={point.days ?? []}
            onChange={(days) => onChange({ ...point, days: weekdays.filter((day) => days.includes(day)) })}
          >
            <Group gap={6} mt={4}>
              {weekdays.map((day) => (
                <Chip key={day} value={day} size="xs" variant="outline">
                  {dayName(day, language, 'short')}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
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
          description={t('conditions.value.utc')}
          value={point.at?.slice(0, 16) ?? ''}
          error={errorAt('at')}
          onChange={(event) => event.currentTarget.value && onChange({ ...point, at: `${event.currentTarget.value}:00Z` })}
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

export function ZoneField({
  value,
  telling,
  error,
  onChange,
  withContact = true,
}: {
  value: string | undefined;
  telling: Telling;
  error?: string;
  onChange: (zone: string | undefined) => void;
  withContact?: boolean;
}) {
  const { t } = telling;
  const own = withContact
    ? [
        { value: 'contact', label: t('points.waitUntil.zone.contact') },
        { value: 'journey', label: t('points.waitUntil.zone.journey') },
      ]
    : [{ value: 'journey', label: t('points.waitUntil.zone.installation') }];
  return (
    <Select
      label={t('points.waitUntil.zone.label')}
      searchable
      limit={60}
      error={error}
      data={[...own, ...Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))]}
      value={value ?? 'journey'}
      onChange={(zone) => onChange(zone === 'journey' || zone === null ? undefined : zone)}
      allowDeselect={false}
    />
  );
}
