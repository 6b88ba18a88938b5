import type { Schemas } from '@/api/client';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { cardOf, iconOfStart } from '../points/catalogue';
import classes from './PublishSheet.module.css';

interface Props {
  journey: Journey;
  starts: readonly Schemas['StartReview'][];
  telling: Telling;
}

/** What brings people in, and what of it is there already: those are not taken in. */
export function Entrances({ journey, starts, telling }: Props) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const comes = (known: Schemas['StartReview'] | undefined) => {
    if (!known?.next) return t('map.publish.comesNot');
    const time = dateTime(known.next, known.zone ?? telling.timeZone);
    const count = known.matches?.now ?? known.matches?.about;
    return typeof count === 'number'
      ? t('map.publish.comes', { time, count, number: number(count) })
      : t('map.publish.comesAt', { time });
  };
  return (
    <ul className={classes.list}>
      {journey.start.map((start) => {
        const known = starts.find(({ id }) => id === start.id);
        const Icon = iconOfStart(start);
        return (
          <li key={start.id}>
            {Icon && <Icon size={17} stroke={1.7} aria-hidden />}
            <span>
              {cardOf(journey, start.id, telling).title}
              <small>
                {start.kind === 'schedule'
                  ? comes(known)
                  : known?.seen === false
                    ? t('map.publish.unseen')
                    : typeof known?.members === 'number' && known.members > 0
                      ? t(known.takesCurrent ? 'map.publish.thereToo' : 'map.publish.there', {
                          count: known.members,
                          number: number(known.members),
                        })
                      : t('map.publish.hears')}
              </small>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
