import { useTranslation } from 'react-i18next';
import { localeOf } from './formats';

/** Translates keys that are made of parts, which the types cannot follow; the test of the texts finds what is missing. */
export type Say = (key: string, values?: Record<string, unknown>) => string;

/** `language`: for `Intl`, with its region. */
export function useSay(): { t: Say; language: string } {
  const { t, i18n } = useTranslation();
  return { t: t as unknown as Say, language: localeOf(i18n.language) };
}
