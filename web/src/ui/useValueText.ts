import { useTranslation } from 'react-i18next';
import { localeOf } from '@/lib/formats';
import { useFormats } from '@/lib/useFormats';

/** A value of a property as one reads it: numbers, dates and choices by the language. */
export function useValueText(): (value: unknown) => string {
  const { t, i18n } = useTranslation();
  const { date, dateTime } = useFormats();
  const locale = localeOf(i18n.language);
  return (value) => {
    if (value === null || value === undefined) return '–';
    if (typeof value === 'boolean') return t(value ? 'contacts.yes' : 'contacts.no');
    if (typeof value === 'number') return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value);
    if (Array.isArray(value))
      return new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }).format(value.map(String));
    if (typeof value !== 'string') return JSON.stringify(value);
    // A date has no time zone: noon is the same day everywhere.
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return date(`${value}T12:00:00Z`);
    return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value) ? dateTime(value) : value;
  };
}
