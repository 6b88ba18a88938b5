import { useTranslation } from 'react-i18next';
import { useFormats } from '@/lib/useFormats';
import { Stat, Stats } from '@/ui/Stat';
import type { JourneyRow } from './useJourneys';

/** All journeys together. Started = in progress + completed, here too. */
export function JourneyTotals({ journeys }: { journeys: readonly JourneyRow[] | undefined }) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const sum = (figure: 'started' | 'inProgress' | 'completed' | 'successful') =>
    (journeys ?? []).reduce((all, { figures }) => all + (figures?.[figure] ?? 0), 0);
  const say = (value: number) => (journeys ? number(value) : '–');
  const live = (journeys ?? []).filter(({ status }) => status === 'live' || status === 'filling').length;
  const [started, inProgress, completed, successful] = [sum('started'), sum('inProgress'), sum('completed'), sum('successful')];
  return (
    <Stats>
      <Stat label={t('journeys.home.inNow')} value={say(inProgress)} note={t('journeys.home.inLive', { count: live })} />
      <Stat label={t('journeys.home.started')} value={say(started)} note={t('journeys.home.startedNote')} />
      <Stat
        label={t('journeys.home.completed')}
        value={say(completed)}
        note={t('journeys.home.ofStarted', { share: share(completed, started) })}
      />
      <Stat
        label={t('journeys.home.successful')}
        value={say(successful)}
        note={t('journeys.home.ofCompleted', { share: share(successful, completed) })}
      />
    </Stats>
  );
}
