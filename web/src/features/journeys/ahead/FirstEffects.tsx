import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { iconOf, shapeOf } from '../points/catalogue';
import listClasses from '../publish/PublishSheet.module.css';
import { getFirstEffects } from './aheadApi';
import { type Entries, effectAt, sampleOf, together } from './effects';
import classes from './FirstEffects.module.css';

const barsHigh = 64;
const othersMost = 3;
/** Where nothing tells how many will come. */
const assumed = 100;

interface Props {
  journey: Journey;
  revision: number;
  /** What is sent, nearest to the beginning first. */
  contents: readonly Schemas['SentView'][];
  /** How many will come in, as far as it is known. */
  entries: { perDay: number | undefined; atOnce: number };
  telling: Telling;
}

/** What the journey does in its first week: messages by day, and what leaves or is done when. */
export function FirstEffects({ journey, revision, contents, entries: { perDay, atOnce }, telling }: Props) {
  const { t, language } = useSay();
  const { number } = useFormats();
  const { data: ahead } = useQuery({
    queryKey: ['journeys', journey.id, 'first-effects', revision],
    staleTime: 60_000,
    queryFn: () => getFirstEffects(journey.id),
  });
  const unknown = !perDay && atOnce === 0;
  const entries: Entries = { perDay: unknown ? assumed : (perDay ?? 0), atOnce };
  const sample = ahead ? sampleOf(ahead) : 0;
  const known = ahead && sample > 0 ? ahead : undefined;
  const sent = contents.map(({ point }) => point);
  const others = known
    ? Object.entries(journey.points)
        .filter(([id, point]) => shapeOf(point) === 'action' && !sent.includes(id))
        .map(([id]) => effectAt(known, id, entries))
        .filter(({ inAll }) => inAll > 0)
        .sort((a, b) => b.inAll - a.inAll)
        .slice(0, othersMost)
        .map(({ point }) => point)
    : [];
  const about = (count: number) => (count > 0 && count < 1 ? `< ${number(1)}` : number(Math.round(count)));
  const says = (point: string) => {
    const effect = known && effectAt(known, point, entries);
    if (!effect) return t('map.publish.after', { count: contents.find((content) => content.point === point)?.pointsBefore ?? 0 });
    if (effect.from === undefined) return t('map.ahead.effects.never');
    const count = { count: Math.max(1, Math.round(effect.inAll)), number: about(effect.inAll) };
    return effect.from === 0
      ? t('map.ahead.effects.atOnce', count)
      : t('map.ahead.effects.from', { ...count, day: number(effect.from + 1) });
  };
  if (contents.length + others.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('map.publish.noMessages')}
      </Text>
    );
  const days = known && sent.length > 0 ? together(sent.map((point) => effectAt(known, point, entries))) : [];
  const most = Math.max(...days, 0);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <div className={classes.card} data-alone={days.length === 0 || undefined}>
      {days.length > 0 && (
        <div>
          <div className={classes.title}>{t('map.ahead.effects.messages')}</div>
          <ol className={classes.bars}>
            {days.map((count, at) => {
              const day = known?.days[at]?.day ?? '';
              return (
                <li key={day}>
                  <b>{about(count)}</b>
                  <span
                    data-none={count === 0 || undefined}
                    style={{ height: most > 0 ? Math.max(2, Math.round((barsHigh * count) / most)) : 2 }}
                    aria-hidden
                  />
                  <small>{weekday.format(new Date(day))}</small>
                </li>
              );
            })}
          </ol>
          <p className={classes.how}>
            {t('map.ahead.effects.how', { count: sample, number: number(sample) })}
            {unknown && ` ${t('map.ahead.effects.assumed', { number: number(assumed) })}`}
          </p>
        </div>
      )}
      <ul className={listClasses.list} style={{ alignContent: 'start' }}>
        {[...sent, ...others].map((id) => {
          const point = journey.points[id];
          const Icon = point && iconOf(point);
          return (
            <li key={id}>
              {Icon && <Icon size={17} stroke={1.7} aria-hidden />}
              <span>
                {telling.pointName(id)}
                <small>{says(id)}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
