import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { cardOf } from '../points/catalogue';
import { overlapsOf } from './overlaps';
import classes from './PublishSheet.module.css';

const lookedAtMax = 500;
const shownMax = 3;

/** Whether other journeys take in the same people: that may be wanted, so it hinders nothing. */
export function Overlaps({ journey, telling }: { journey: Journey; telling: Telling }) {
  const { t, language } = useSay();
  const others = useQuery({
    queryKey: ['journeys', 'definitions'],
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/journeys', { params: { query: { limit: lookedAtMax, definition: true } }, signal })),
  }).data?.items;
  if (!others) return null;
  const found = overlapsOf(journey, others);
  if (found.length === 0)
    return (
      <ul className={classes.checks}>
        <li data-tone="success">
          <IconCircleCheck size={18} aria-hidden />
          <span>
            {t('map.publish.overlap.none')}
            <small>{t('map.publish.overlap.noneText')}</small>
          </span>
        </li>
      </ul>
    );
  const names = found.slice(0, shownMax).map(({ name }) => name);
  const starts = [...new Set(found.map(({ start }) => cardOf(journey, start, telling).title))];
  const list = (all: string[]) => new Intl.ListFormat(language).format(all);
  return (
    <ul className={classes.checks}>
      <li data-tone="warning">
        <IconAlertTriangle size={18} role="img" aria-label={t('map.check.warning')} />
        <span>
          {t('map.publish.overlap.found', { count: found.length, names: list(names) })}
          <small>{t('map.publish.overlap.by', { starts: list(starts) })}</small>
        </span>
      </li>
    </ul>
  );
}
