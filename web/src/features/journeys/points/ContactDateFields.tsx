import { NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { durationText, secondsOf } from '@/lib/durations';
import type { Telling } from '@/ui/conditions/telling';
import { ZoneField } from '@/ui/pickers/calendar';
import { DurationField } from '@/ui/pickers/DurationField';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { ContactDate, Journey } from '../definition/journey';
import { SourceField } from './SourceField';

type When = 'before' | 'on' | 'after';

/** What a date of the contact says on a card: "3 days before renews_on, 09:00". */
export function contactDateText(date: ContactDate, { t, language }: Telling): string {
  const property = date.property || date.field;
  if (!property) return t('points.setProperty.nothing');
  if (date.offset !== undefined) {
    const { sign, length } = signedDuration(date.offset);
    if (sign === 0) return t('points.waitUntilDate.momentOn', { property });
    const time = durationText(language, length);
    return t(sign < 0 ? 'points.waitUntilDate.momentBefore' : 'points.waitUntilDate.momentAfter', { property, time });
  }
  const days = date.days ?? 0;
  const values = { property, time: date.time ?? '', count: Math.abs(days) };
  if (days === 0) return t('points.waitUntilDate.on', values);
  return days < 0 ? t('points.waitUntilDate.before', values) : t('points.waitUntilDate.after', values);
}

/** `-PT2H` as its sign and how long it is. */
function signedDuration(offset: string): { sign: -1 | 0 | 1; length: string } {
  const length = offset.replace(/^-/, '');
  if (!secondsOf(length)) return { sign: 0, length };
  return { sign: offset.startsWith('-') ? -1 : 1, length };
}

interface Props<D extends ContactDate> {
  date: D;
  /** With it a field of the event that brought the contact in may have the date too. */
  journey?: Journey;
  telling: Telling;
  /** What it says of the anniversaries. */
  yearlyHint: string;
  onChange: (date: D) => void;
  errorAt: (field: string) => string | undefined;
}

/** Asks which date of the contact, how many days before or after it, at what time and where; for waits and starting points. */
export function ContactDateFields<D extends ContactDate>({ date, journey, telling, yearlyHint, onChange, errorAt }: Props<D>) {
  const { t } = telling;
  const isMoment = date.offset !== undefined;
  const days = date.days ?? 0;
  const offset = signedDuration(date.offset ?? 'PT0S');
  const sign = isMoment ? offset.sign : Math.sign(days);
  const when: When = sign === 0 ? 'on' : sign < 0 ? 'before' : 'after';
  const setDays = (count: number) => onChange(withField(date, 'days', count === 0 ? undefined : count));
  const setOffset = (next: When, length: string) =>
    onChange({ ...date, offset: next === 'on' ? 'PT0S' : next === 'before' ? `-${length}` : length });
  const setWhen = (next: When) =>
    isMoment
      ? setOffset(next, offset.sign === 0 ? 'PT2H' : offset.length)
      : setDays(next === 'on' ? 0 : (Math.abs(days) || 1) * (next === 'before' ? -1 : 1));
  return (
    <>
      {journey ? (
        <SourceField
          label={t('points.waitUntilDate.source')}
          journey={journey}
          property={date.property}
          field={date.field}
          telling={telling}
          error={errorAt('property') ?? errorAt('field')}
          onChange={(property, field) => onChange(withField(withField(date, 'property', property), 'field', field))}
        />
      ) : (
        <NamePicker
          kind="property"
          label={t('points.waitUntilDate.property')}
          hint={t('points.waitUntilDate.propertyHint')}
          value={date.property || undefined}
          error={errorAt('property')}
          onChange={(property) => onChange({ ...date, property: property ?? '' })}
        />
      )}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('points.waitUntilDate.how')}
        value={isMoment ? 'moment' : 'day'}
        onChange={(how) => {
          const { days: _, time: __, offset: ___, ...plain } = date;
          onChange((how === 'moment' ? { ...plain, offset: '-PT2H' } : { ...plain, time: '09:00' }) as D);
        }}
        data={(['day', 'moment'] as const).map((value) => ({ value, label: t(`points.waitUntilDate.by.${value}`) }))}
      />
      <SegmentedControl
        fullWidth
        aria-label={t('points.waitUntilDate.when')}
        value={when}
        onChange={(next) => setWhen(next as When)}
        data={(['before', 'on', 'after'] as const).map((value) => ({
          value,
          label: t(isMoment && value === 'on' ? 'points.waitUntilDate.choice.onMoment' : `points.waitUntilDate.choice.${value}`),
        }))}
      />
      {isMoment && when !== 'on' && (
        <DurationField
          label={t('points.waitUntilDate.offset')}
          hint={t('points.waitUntilDate.offsetHint')}
          value={offset.length}
          error={errorAt('offset')}
          onChange={(length) => setOffset(when, length)}
        />
      )}
      {!isMoment && when !== 'on' && (
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
      {!isMoment && (
        <TextInput
          type="time"
          label={t('points.waitUntil.time')}
          value={date.time ?? ''}
          error={errorAt('time')}
          onChange={(event) => event.currentTarget.value && onChange({ ...date, time: event.currentTarget.value.slice(0, 5) })}
        />
      )}
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
