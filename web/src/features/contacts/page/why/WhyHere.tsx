import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import type { Condition } from '@/ui/conditions/condition';
import { usePointName } from '../usePointName';
import { Tree } from './Tree';
import { useVersions } from './useWhy';
import classes from './Why.module.css';

/** Where it stands, since when, until when, and what would let it go on. */
export function WhyHere({ view, trip }: { view: Schemas['WhyView']; trip: Schemas['TripView'] }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const pointName = usePointName();
  const versions = useVersions(view.journey, [trip.version]);
  const here = trip.here;
  if (!here)
    return (
      <Text>
        {t('contacts.whyPane.over', {
          at: dateTime(trip.endedAt ?? trip.startedAt),
          outcome: t(`contacts.outcome.${trip.outcome ?? 'completed'}`),
        })}
        {trip.why &&
          ` ${t('contacts.trips.why', { why: t(`contacts.why.${trip.why}` as 'contacts.why.goal', { defaultValue: trip.why }) })}`}
      </Text>
    );
  const condition = versions.get(trip.version)?.points?.[here.point]?.condition as Condition | undefined;
  return (
    <>
      <Text mb="sm">
        {here.until
          ? t('contacts.trips.waitsUntil', {
              point: pointName(view.journey, here.point),
              since: dateTime(here.since),
              until: dateTime(here.until),
            })
          : t('contacts.trips.waits', { point: pointName(view.journey, here.point), since: dateTime(here.since) })}
      </Text>
      <Text c="var(--p-ink-2)">
        {t(`contacts.whyPane.waits.${here.reason}` as 'contacts.whyPane.waits.delay', { defaultValue: here.reason })}
      </Text>
      {here.noted && <Text c="var(--p-ink-2)">{t('contacts.whyPane.noted')}</Text>}
      {here.condition && condition && (
        <section className={classes.part}>
          <Title order={3}>{t('contacts.whyPane.now')}</Title>
          <Tree journey={view.journey} condition={condition} why={here.condition} />
        </section>
      )}
    </>
  );
}
