import { Group, Stack, TextInput } from '@mantine/core';
import { type Weekday, weekdays } from '@/lib/weekdays';
import { listText, type Telling } from '@/ui/conditions/telling';
import { DaysField, dayName, ZoneField } from './calendar';

/** Some days of the week, from one time of day until another, in a zone. */
export interface Hours {
  days?: Weekday[];
  from?: string;
  until?: string;
  zone?: string;
}

/** "Mon, Tue and Wed, 09:00 to 18:00". */
export function hoursInWords({ days, from, until }: Hours, { t, language }: Telling): string {
  const names =
    days === undefined
      ? t('points.window.everyDay')
      : isWorkdays(days)
        ? t('points.window.workdays')
        : listText(
            language,
            days.map((day) => dayName(day, language, 'short')),
            'conjunction',
          );
  return from && until ? t('points.window.says', { days: names, from, until }) : names;
}

/** What follows on "it is": "Monday to Friday, between 09:00 and 18:00", "Saturday or Sunday", "between 09:00 and 18:00". */
export function momentInWords({ days, from, until }: Hours, { t, language }: Telling): string {
  const names =
    days &&
    (isWorkdays(days)
      ? t('conditions.time.weekdays')
      : listText(
          language,
          days.map((day) => dayName(day, language, 'long')),
        ));
  if (!from || !until) return names ?? t('points.window.everyDay');
  return names === undefined
    ? t('conditions.time.hours', { from, until })
    : t('conditions.time.daysHours', { days: names, from, until });
}

function isWorkdays(days: Weekday[]): boolean {
  return days.length === 5 && !days.includes('saturday') && !days.includes('sunday');
}

interface Props {
  value: Hours;
  telling: Telling;
  errorAt?: (field: keyof Hours) => string | undefined;
  /** The fields that change; undefined takes one away. */
  onChange: (part: Partial<Hours>) => void;
}

export function HoursFields({ value, telling, errorAt = () => undefined, onChange }: Props) {
  const { t, language } = telling;
  const time = (field: 'from' | 'until') => (
    <TextInput
      type="time"
      flex={1}
      label={t(`points.window.${field}`)}
      value={value[field] ?? ''}
      error={errorAt(field)}
      onChange={(event) => onChange({ [field]: event.currentTarget.value.slice(0, 5) || undefined })}
    />
  );
  return (
    <Stack gap={14}>
      <DaysField
        label={t('points.window.days')}
        value={value.days ?? [...weekdays]}
        language={language}
        error={errorAt('days')}
        onChange={(days) => onChange({ days: days.length === weekdays.length ? undefined : days })}
      />
      <Group gap={8} wrap="nowrap" align="flex-start">
        {time('from')}
        {time('until')}
      </Group>
      <ZoneField value={value.zone} telling={telling} error={errorAt('zone')} onChange={(zone) => onChange({ zone })} />
    </Stack>
  );
}
