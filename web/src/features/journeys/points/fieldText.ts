import { durationText, secondsOf } from '@/lib/durations';
import { type Weekday, weekdays } from '@/lib/weekdays';
import type { Condition, Value } from '@/ui/conditions/condition';
import { conditionText } from '@/ui/conditions/conditionText';
import { listText, type Telling, valueText } from '@/ui/conditions/telling';
import { dayName } from '@/ui/pickers/calendar';
import type { Activity, Journey, SendWindow } from '../definition/journey';
import { activityKinds, activityText } from './activities';
import { windowInWords } from './WindowField';

const durations = ['offset', 'for', 'upTo', 'timeout', 'expiresAfter', 'dueAfter', 'interval', 'within', 'leastTime'];
const moments = ['at', 'expiresAt', 'startsAt', 'endsAt'];
const leads = [
  'next',
  'then',
  'else',
  'otherwise',
  'onTimeout',
  'missed',
  'onFailure',
  'onEmpty',
  'onHoldOut',
  'rest',
  'target',
  'beyond',
  'point',
];

/** Whether a field says where a point leads, and not what it does. */
export function isLead(field: string): boolean {
  return leads.includes(field);
}

/** What a field of a definition is called; the name of a field that these texts do not know. */
export function fieldName({ t }: Telling, field: string): string {
  return t(`points.fields.${field}`, { defaultValue: field });
}

/** A field's value as one reads it: conditions as sentences, points by their names, durations and times in words. */
export function fieldText(field: string, value: unknown, telling: Telling, journey: Journey): string {
  const { t, language, formats } = telling;
  if (value === undefined || value === null || value === '') return t('points.noValue');
  if (typeof value === 'boolean' || typeof value === 'number') return valueText(telling, value);
  if (typeof value === 'string') {
    if (leads.includes(field) && value in journey.points) return telling.pointName(value);
    if (durations.includes(field) && secondsOf(value) !== undefined) return durationText(language, value);
    if (moments.includes(field)) return formats.dateTime(value, telling.timeZone);
    if (field === 'kind') return t(`points.kind.${value}`, { defaultValue: value });
    if (field === 'outcome') return t(`points.outcome.${value}`, { defaultValue: value });
    return value;
  }
  if (Array.isArray(value)) return listOf(field, value, telling, journey);
  if (!isRecord(value)) return String(value);
  if (field === 'window') return windowInWords(value as SendWindow, telling) ?? t('points.window.anytime');
  if (field === 'goal' && isActivity(value)) return activityText(value as unknown as Activity, telling);
  if (field === 'reEntry') return reEntryText(value, telling);
  if ('date' in value || 'dateTime' in value) return valueText(telling, value as unknown as Value);
  if (typeof value.kind === 'string' && !('next' in value)) return conditionText(value as unknown as Condition, telling);
  return JSON.stringify(value);
}

function listOf(field: string, values: unknown[], telling: Telling, journey: Journey): string {
  const { language } = telling;
  if (values.length === 0) return telling.t('points.noValue');
  if (field === 'days' && values.every((day) => weekdays.includes(day as Weekday)))
    return listText(
      language,
      values.map((day) => dayName(day as Weekday, language, 'short')),
      'conjunction',
    );
  return listText(
    language,
    values.map((one) => itemText(field, one, telling, journey)),
    field === 'activities' ? 'disjunction' : 'conjunction',
  );
}

/** One of several: an activity, a line by its name and share, an exit by its reason, a header. */
function itemText(field: string, item: unknown, telling: Telling, journey: Journey): string {
  if (!isRecord(item)) return fieldText(field === 'days' ? '' : field, item, telling, journey);
  if (field === 'activities' && (activityKinds as string[]).includes(String(item.kind)))
    return activityText(item as unknown as Activity, telling);
  if (typeof item.name === 'string') {
    if (typeof item.share === 'number') return `${item.name} ${telling.formats.share(item.share, 100)}`;
    if (isRecord(item.when)) return `${item.name}: ${conditionText(item.when as unknown as Condition, telling)}`;
    return item.name;
  }
  return fieldText('', item, telling, journey);
}

function reEntryText({ kind, interval }: Record<string, unknown>, { t, language }: Telling): string {
  const how = t(`map.settings.reEntries.${String(kind)}`);
  return typeof interval === 'string' ? `${how} (${durationText(language, interval)})` : how;
}

/** The goal of an experiment; that of a journey is a condition, which says what is to be of events. */
function isActivity(value: Record<string, unknown>): boolean {
  return (activityKinds as unknown[]).includes(value.kind) && !('is' in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
