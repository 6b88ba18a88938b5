import { useTranslation } from 'react-i18next';
import { useFormats } from '@/lib/useFormats';
import { Sparkline } from '@/ui/Sparkline';
import { Stat, Stats } from '@/ui/Stat';
import { type Day, useDays } from './useDays';
import type { JourneyRow } from './useJourneys';

/** All journeys together. Started = in progress + completed, here too. */
export function JourneyTotals({ journeys }: { journeys: readonly JourneyRow[] | undefined }) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const sum = (figure: 'started' | 'inProgress' | 'completed' | 'successful') =>
    (journeys ?? []).reduce((all, { figures }) => all + (figures?.[figure] ?? 0), 0);
  const days = useDays();
  const drawn = (figure: Exclude<keyof Day, 'day'>) => days.map((day) => day[figure]);
  /** Today's number, once there is a day to tell it of. */
  const today = (figure: Exclude<keyof Day, 'day'>, note: string) => {
    const count = days.at(-1)?.[figure];
    return count === undefined ? note : `${t('journeys.home.today', { number: number(count) })} · ${note}`;
  };
  const say = (value: number) => (journeys ? number(value) : '–');
  const live = (journeys ?? []).filter(({ status }) => status === 'live' || status === 'filling').length;
  const [started, inProgress, completed, successful] = [sum('started'), sum('inProgress'), sum('completed'), sum('successful')];
  return (
    <Stats>
      <Stat label={t('journeys.home.inNow')} value={say(inProgress)} note={t('journeys.home.inLive', { count: live })} />
      <Stat
        label={t('journeys.home.started')}
        value={say(started)}
        note={today('started', t('journeys.home.startedNote'))}
        drawing={<Sparkline values={drawn('started')} />}
      />
      <Stat
        label={t('journeys.home.messages')}
        value={days.length > 0 ? number(days.at(-1)?.messagesSent ?? 0) : '–'}
        note={
          days.length > 1
            ? t('journeys.home.messagesNote', {
                number: number(days.reduce((all, { messagesSent }) => all + messagesSent, 0)),
                count: days.length,
              })
            : undefined
        }
        drawing={<Sparkline values={drawn('messagesSent')} />}
      />
      <Stat
        label={t('journeys.home.completed')}
        value={say(completed)}
        note={today('ended', t('journeys.home.ofStarted', { share: share(completed, started) }))}
        drawing={<Sparkline values={drawn('ended')} />}
      />
      <Stat
        label={t('journeys.home.successful')}
        value={say(successful)}
        note={today('successful', t('journeys.home.ofCompleted', { share: share(successful, completed) }))}
        drawing={<Sparkline values={drawn('successful')} tone="success" />}
      />
    </Stats>
  );
}
