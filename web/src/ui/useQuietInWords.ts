import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { durationText } from '@/lib/durations';
import { useSay } from '@/lib/say';
import { listText } from './conditions/telling';
import { dayName } from './pickers/calendar';

/** "Sun and public holidays, the whole day; marketing" */
export function useQuietInWords() {
  const { t } = useTranslation();
  const { language } = useSay();
  return ({ days, holidays, from, until, purpose, spread }: Schemas['QuietBody']) => {
    const named = (days ?? []).map((day) => dayName(day, language, 'short'));
    if (holidays) named.push(t('settings.quiet.publicHolidays'));
    const on = named.length > 0 ? listText(language, named, 'conjunction') : t('settings.quiet.everyDay');
    const hours = from && until ? t('settings.quiet.hours', { from, until }) : t('settings.quiet.wholeDay');
    const parts = [on, hours, t(purpose === 'all' ? 'settings.quiet.allMessages' : 'settings.quiet.marketing')];
    if (spread) parts.push(t('settings.quiet.spreads', { spread: durationText(language, spread) }));
    return parts.join(' · ');
  };
}
