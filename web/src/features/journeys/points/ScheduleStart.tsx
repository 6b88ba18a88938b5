import { Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconCalendarRepeat } from '@tabler/icons-react';
import { weekdays } from '@/lib/weekdays';
import { DaysField, dayName, ZoneField } from '@/ui/pickers/calendar';
import { withField } from '../definition/exits';
import type { PointFormProps, StartOf, StartView } from './kind';
import type { Frequency, Rule, WeekdayNumber } from './recurrence';
import { frequencies, readRule, scheduleText, weekdayNumbers, weekdayOf, writeRule } from './recurrence';

/** At a fixed moment, or again and again: everybody who matches the filter comes in. */
export const scheduleStart: StartView<'schedule'> = {
  kind: 'schedule',
  icon: IconCalendarRepeat,
  withoutImports: true,
  create: () => ({ kind: 'schedule', date: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), time: '09:00' }),
  title: scheduleText,
  Form: ScheduleForm,
};

function ScheduleForm({ point, telling, onChange, errorAt }: PointFormProps<StartOf<'schedule'>>) {
  const { t } = telling;
  const rule = point.repeats === undefined ? undefined : readRule(point.repeats);
  const shown = point.repeats === undefined ? 'never' : (rule?.frequency ?? 'rule');
  const repeat = (next: Rule) => onChange({ ...point, repeats: writeRule(next) });
  const choose = (next: string | null) => {
    if (next === 'never') onChange(withField(point, 'repeats', undefined));
    else if (next !== null && next !== 'rule')
      repeat({ interval: 1, count: rule?.count, until: rule?.until, days: [], frequency: next as Frequency });
  };
  return (
    <Stack gap={14}>
      <Text size="sm" c="var(--p-ink-2)">
        {t('points.schedule.hint')}
      </Text>
      <Group grow align="start">
        <TextInput
          type="date"
          label={t(point.repeats === undefined ? 'points.schedule.date' : 'points.schedule.first')}
          value={point.date}
          error={errorAt('date')}
          onChange={(event) => event.currentTarget.value && onChange({ ...point, date: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('points.waitUntil.time')}
          value={point.time}
          error={errorAt('time')}
          onChange={(event) => event.currentTarget.value && onChange({ ...point, time: event.currentTarget.value.slice(0, 5) })}
        />
      </Group>
      <ZoneField
        value={point.zone}
        telling={telling}
        error={errorAt('zone')}
        own={['journey']}
        onChange={(zone) => onChange(withField(point, 'zone', zone))}
      />
      <Select
        label={t('points.schedule.repeats')}
        value={shown}
        error={errorAt('repeats')}
        allowDeselect={false}
        data={['never', ...frequencies, ...(shown === 'rule' ? ['rule'] : [])].map((value) => ({
          value,
          label: t(`points.schedule.choice.${value}`),
        }))}
        onChange={choose}
      />
      {shown === 'rule' && (
        <TextInput
          label={t('points.schedule.rule')}
          value={point.repeats}
          onChange={(event) => onChange({ ...point, repeats: event.currentTarget.value })}
        />
      )}
      {rule && <RuleFields rule={rule} date={point.date} telling={telling} onChange={repeat} />}
    </Stack>
  );
}

/** 29 February has no anniversary a year later: then it is 1 March. */
function yearAfter(date: string) {
  const next = new Date(date);
  next.setUTCFullYear(next.getUTCFullYear() + 1);
  return next.toISOString().slice(0, 10);
}

interface RuleProps {
  rule: Rule;
  date: string;
  telling: PointFormProps['telling'];
  onChange: (rule: Rule) => void;
}

function RuleFields({ rule, date, telling, onChange }: RuleProps) {
  const { t, language } = telling;
  const ends = rule.count ? 'count' : rule.until ? 'until' : 'never';
  return (
    <>
      <NumberInput
        label={t(`points.schedule.interval.${rule.frequency}`)}
        value={rule.interval}
        min={1}
        max={1000}
        allowDecimal={false}
        onChange={(interval) => typeof interval === 'number' && interval > 0 && onChange({ ...rule, interval })}
      />
      {rule.frequency === 'weekly' && (
        <DaysField
          label={t('points.schedule.days')}
          value={rule.days.length > 0 ? rule.days : [weekdayOf(date)]}
          language={language}
          onChange={(days) => onChange({ ...rule, days })}
        />
      )}
      {rule.frequency === 'monthly' && (
        <SegmentedControl
          fullWidth
          aria-label={t('points.schedule.on')}
          value={rule.weekday ? 'weekday' : 'day'}
          onChange={(next) =>
            onChange({ ...rule, weekday: next === 'weekday' ? { number: 1, day: weekdayOf(date) } : undefined })
          }
          data={[
            { value: 'day', label: t('points.schedule.sameDay', { day: Number(date.slice(8)) }) },
            { value: 'weekday', label: t('points.schedule.weekday') },
          ]}
        />
      )}
      {rule.weekday && (
        <Group grow>
          <Select
            label={t('points.schedule.which')}
            value={String(rule.weekday.number)}
            allowDeselect={false}
            data={weekdayNumbers.map((number) => ({ value: String(number), label: t(`points.schedule.number.${number}`) }))}
            onChange={(number) =>
              number &&
              rule.weekday &&
              onChange({ ...rule, weekday: { ...rule.weekday, number: Number(number) as WeekdayNumber } })
            }
          />
          <Select
            label={t('points.schedule.weekday')}
            value={rule.weekday.day}
            allowDeselect={false}
            data={weekdays.map((day) => ({ value: day, label: dayName(day, language, 'long') }))}
            onChange={(chosen) => {
              const day = weekdays.find((one) => one === chosen);
              if (day && rule.weekday) onChange({ ...rule, weekday: { ...rule.weekday, day } });
            }}
          />
        </Group>
      )}
      <Select
        label={t('points.schedule.ends')}
        value={ends}
        allowDeselect={false}
        data={(['never', 'count', 'until'] as const).map((value) => ({ value, label: t(`points.schedule.end.${value}`) }))}
        onChange={(next) =>
          onChange({
            ...rule,
            count: next === 'count' ? 10 : undefined,
            until: next === 'until' ? yearAfter(date) : undefined,
          })
        }
      />
      {ends === 'count' && (
        <NumberInput
          label={t('points.schedule.count')}
          value={rule.count}
          min={1}
          max={10000}
          allowDecimal={false}
          onChange={(count) => typeof count === 'number' && count > 0 && onChange({ ...rule, count })}
        />
      )}
      {ends === 'until' && (
        <TextInput
          type="date"
          label={t('points.schedule.until')}
          value={rule.until ?? ''}
          onChange={(event) => event.currentTarget.value && onChange({ ...rule, until: event.currentTarget.value })}
        />
      )}
    </>
  );
}
