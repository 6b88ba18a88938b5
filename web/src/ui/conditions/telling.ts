import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { journeyNamesQuery } from '@/api/queries';
import { durationText } from '@/lib/durations';
import type { Formats } from '@/lib/formats';
import { type Say, useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Value, Window } from './condition';

/** What is needed to say a condition in words. */
export interface Telling {
  t: Say;
  language: string;
  formats: Formats;
  /** What a point of this journey is called. */
  pointName: (id: string) => string;
  /** The journey that is told of. */
  journey?: string;
  /** What another journey is called. */
  journeyName: (id: string) => string;
  /** What an action of the installation is called. */
  actionName?: (name: string) => string;
  /** In which times are told; undefined: the reader's own. */
  timeZone?: string;
}

export function useTelling(pointName?: (id: string) => string): Telling {
  const { t, language } = useSay();
  const formats = useFormats();
  const journeys = useQuery(journeyNamesQuery).data;
  return useMemo(
    () => ({
      t,
      language,
      formats,
      pointName: pointName ?? ((id) => id),
      journeyName: (id) => journeys?.get(id)?.name || id,
    }),
    [t, language, formats, pointName, journeys],
  );
}

export function listText(language: string, items: string[], how: 'conjunction' | 'disjunction' = 'disjunction'): string {
  return new Intl.ListFormat(language, { type: how }).format(items);
}

export function valueText(telling: Telling, value: Value | undefined): string {
  if (value === undefined || value === '') return telling.t('conditions.nothing');
  if (typeof value === 'number') return new Intl.NumberFormat(telling.language, { maximumFractionDigits: 10 }).format(value);
  if (typeof value === 'boolean') return telling.t(value ? 'conditions.value.true' : 'conditions.value.false');
  if (Array.isArray(value)) return listText(telling.language, value, 'conjunction');
  if (typeof value === 'string') return value;
  // A date has no time zone: it is told as the day that it names.
  return 'date' in value
    ? telling.formats.date(`${value.date}T00:00:00Z`, 'UTC')
    : telling.formats.dateTime(value.dateTime, telling.timeZone);
}

export function windowText(telling: Telling, window: Window | undefined): string {
  const { t, language, formats } = telling;
  if (window?.last !== undefined) return t('conditions.window.last', { duration: durationText(language, window.last) });
  const from = window?.from === undefined ? undefined : formats.date(window.from);
  const to = window?.to === undefined ? undefined : formats.date(window.to);
  if (from !== undefined && to !== undefined) return t('conditions.window.between', { from, to });
  if (from !== undefined) return t('conditions.window.from', { from });
  if (to !== undefined) return t('conditions.window.to', { to });
  return t('conditions.window.ever');
}
