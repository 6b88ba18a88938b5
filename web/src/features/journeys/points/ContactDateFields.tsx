import { NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { Telling } from '@/ui/conditions/telling';
import { ZoneField } from '@/ui/pickers/calendar';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { ContactDate } from '../definition/journey';

type When = 'before' | 'on' | 'after';

/** What a date of the contact says on a card: "3 days before renews_on, 09:00". */
export function contactDateText(date: ContactDate, { t }: Telling): string {
  if (!date.property) return t('points.setProperty.nothing');
  const days = date.days ?? 0;
  const values = { property: date.property, time: date.time, count: Math.abs(days) };
  if (days === 0) return t('points.waitUntilDate.on', values);
  return days < 0 ? t('points.waitUntilDate.before', values) : t('points.waitUntilDate.after', values);
}

interface Props<D extends ContactDate> {
  date: D;
  telling: Telling;
  /** What it says of the anniversaries. */
  yearlyHint: string;
  onChange: (date: D) => void;
  errorAt: (field: string) => string | undefined;
}

/** Asks which date of the contact, how many days before or after it, at what time and where; for waits and starting points. */
export function ContactDateFields<D extends ContactDate>({ date, telling, yearlyHint, onChange, errorAt }: Props<D>) {
  const { t } = telling;
  const days = date.days ?? 0;
  const when: When = days === 0 ? 'on' : days < 0 ? 'before' : 'after';
  const setDays = (count: number) => onChange(withField(date, 'days', count === 0 ? undefined : count));
  return (
    <>
      <NamePicker
        kind="property"
        label={t('points.waitUntilDate.property')}
        hint={t('points.waitUntilDate.propertyHint')}
        value={date.property || undefined}
        error={errorAt('property')}
        onChange={(property) => onChange({ ...date, property: property ?? '' })}
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
        value={date.time}
        error={errorAt('time')}
        onChange={(event) => event.currentTarget.value && onChange({ ...date, time: event.currentTarget.value.slice(0, 5) })}
      />
      <ZoneField
        value={date.zone}
        telling={telling}
        error={errorAt('zone')}
        onChange={(zone) => onChange(withField(date, 'zone', zone))}
      />
      <Switch
        label={t('points.waitUntilDate.yearly')}
        description={yearlyHint}
        checked={date.yearly ?? false}
        onChange={(event) =>
          onChange({
            ...withField(date, 'yearly', event.currentTarget.checked || undefined),
            leapDayOnFirstOfMarch: undefined,
          })
        }
      />
      {date.yearly && (
        <Switch
          label={t('points.waitUntilDate.leapDay')}
          description={t('points.waitUntilDate.leapDayHint')}
          checked={date.leapDayOnFirstOfMarch ?? false}
          onChange={(event) => onChange(withField(date, 'leapDayOnFirstOfMarch', event.currentTarget.checked || undefined))}
        />
      )}
    </>
  );
}
