import { type Weekday, weekdays } from '@/lib/weekdays';
import type { Telling } from '@/ui/conditions/telling';
import { listText } from '@/ui/conditions/telling';
import { dayName } from '@/ui/pickers/calendar';

export const frequencies = ['daily', 'weekly', 'monthly', 'yearly'] as const;
export type Frequency = (typeof frequencies)[number];

/** Which of a month's weekdays: the first to the fourth, or the last. */
export const weekdayNumbers = [1, 2, 3, 4, -1] as const;
export type WeekdayNumber = (typeof weekdayNumbers)[number];

/** A rule of RFC 5545 as far as the form asks for it. */
export interface Rule {
  frequency: Frequency;
  interval: number;
  /** Of a rule by week; empty: the weekday of the first day. */
  days: Weekday[];
  /** Of a rule by month; without it, the first day's day of the month. */
  weekday?: { number: WeekdayNumber; day: Weekday };
  count?: number;
  /** The last day: 2026-12-31. */
  until?: string;
}

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const dayOf = (code: string): Weekday | undefined => weekdays[codes.indexOf(code)];
const codeOf = (day: Weekday) => codes[weekdays.indexOf(day)];

/** The rule that a text says; undefined where it says more than the form can show. */
export function readRule(text: string): Rule | undefined {
  const rule: Partial<Rule> = { interval: 1, days: [] };
  for (const part of text.split(';')) {
    const [name, value = ''] = part.split('=');
    switch (name) {
      case 'FREQ':
        rule.frequency = frequencies.find((frequency) => frequency.toUpperCase() === value);
        break;
      case 'INTERVAL':
        rule.interval = Number(value);
        break;
      case 'COUNT':
        rule.count = Number(value);
        break;
      case 'UNTIL': {
        const day = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
        if (!day) return undefined;
        rule.until = day.slice(1).join('-');
        break;
      }
      case 'BYDAY': {
        const numbered = /^(-?\d)([A-Z]{2})$/.exec(value);
        const day = dayOf(numbered?.[2] ?? '');
        const number = weekdayNumbers.find((one) => one === Number(numbered?.[1]));
        if (day && number) rule.weekday = { number, day };
        else {
          const days = value.split(',').map(dayOf);
          if (days.some((one) => one === undefined)) return undefined;
          rule.days = weekdays.filter((one) => days.includes(one));
        }
        break;
      }
      default:
        return undefined;
    }
  }
  const { frequency, interval, days, weekday } = rule;
  if (!frequency || !interval || !days) return undefined;
  if ((days.length > 0 && frequency !== 'weekly') || (weekday && frequency !== 'monthly')) return undefined;
  return { ...rule, frequency, interval, days };
}

export function writeRule(rule: Rule): string {
  const parts = [`FREQ=${rule.frequency.toUpperCase()}`];
  if (rule.interval > 1) parts.push(`INTERVAL=${rule.interval}`);
  if (rule.frequency === 'weekly' && rule.days.length > 0) parts.push(`BYDAY=${rule.days.map(codeOf).join(',')}`);
  if (rule.frequency === 'monthly' && rule.weekday) parts.push(`BYDAY=${rule.weekday.number}${codeOf(rule.weekday.day)}`);
  if (rule.count) parts.push(`COUNT=${rule.count}`);
  else if (rule.until) parts.push(`UNTIL=${rule.until.replaceAll('-', '')}`);
  return parts.join(';');
}

export function weekdayOf(date: string): Weekday {
  return weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'monday';
}

/** "Every week on Mon and Thu, 09:00". */
export function scheduleText(schedule: { date: string; time: string; repeats?: string }, telling: Telling): string {
  const { t, language, formats } = telling;
  const { date, time, repeats } = schedule;
  const day = (shape: 'full' | 'year') =>
    shape === 'full'
      ? formats.date(`${date}T00:00:00Z`, 'UTC')
      : new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
          new Date(`${date}T00:00:00Z`),
        );
  if (repeats === undefined) return t('points.schedule.says.once', { date: day('full'), time });
  const rule = readRule(repeats);
  if (!rule) return t('points.schedule.says.rule', { rule: repeats, time });
  const count = rule.interval;
  switch (rule.frequency) {
    case 'daily':
      return t('points.schedule.says.daily', { count, time });
    case 'weekly': {
      const names = (rule.days.length > 0 ? rule.days : [weekdayOf(date)]).map((one) => dayName(one, language, 'short'));
      return t('points.schedule.says.weekly', { count, time, days: listText(language, names, 'conjunction') });
    }
    case 'monthly':
      return rule.weekday
        ? t('points.schedule.says.monthlyWeekday', {
            count,
            time,
            number: t(`points.schedule.number.${rule.weekday.number}`),
            weekday: dayName(rule.weekday.day, language, 'long'),
          })
        : t('points.schedule.says.monthly', { count, time, day: Number(date.slice(8)) });
    case 'yearly':
      return t('points.schedule.says.yearly', { count, time, date: day('year') });
  }
}
