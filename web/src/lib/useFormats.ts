import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formats } from './formats';

/** Numbers, shares and times as the language of the page writes them. */
export function useFormats() {
  const { i18n } = useTranslation();
  return useMemo(() => formats(i18n.language), [i18n.language]);
}
