import { List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { journeyQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { usePointName } from '../usePointName';
import { Tree } from './Tree';
import { useVersions } from './useWhy';
import classes from './Why.module.css';

/** Whether it could come in now, what speaks for and against it, and when it was refused. */
export function WhyEntry({ view }: { view: Schemas['WhyView'] }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const pointName = usePointName();
  const version = useQuery(journeyQuery(view.journey)).data?.version;
  const definition = useVersions(view.journey, version ? [version] : []).get(version ?? 0);
  const { entry } = view;
  const reason = (code: string) => t(`contacts.refusal.${code}` as 'contacts.refusal.paused', { defaultValue: code });
  const { eligibility, exclusions } = definition?.settings ?? {};
  return (
    <>
      <Text mb="sm">
        {entry.mayEnter
          ? t('contacts.whyPane.mayEnter')
          : t('contacts.whyPane.mayNotEnter', { why: reason(entry.reason ?? 'not-live') })}
        {entry.lastEntered && ` ${t('contacts.whyPane.lastEntered', { at: dateTime(entry.lastEntered) })}`}
      </Text>
      {entry.eligibility && eligibility && (
        <section className={classes.part}>
          <Title order={3}>{t('contacts.whyPane.eligible')}</Title>
          <Tree journey={view.journey} condition={eligibility} why={entry.eligibility} />
        </section>
      )}
      {entry.exclusions && exclusions && (
        <section className={classes.part}>
          <Title order={3}>{t('contacts.whyPane.excluded')}</Title>
          <Tree journey={view.journey} condition={exclusions} why={entry.exclusions} />
        </section>
      )}
      {entry.starts.map(({ startingPoint, filter }) => {
        const condition = definition?.start?.find(({ id }) => id === startingPoint)?.filter;
        return (
          filter &&
          condition && (
            <section className={classes.part} key={startingPoint}>
              <Title order={3}>{t('contacts.whyPane.filter', { start: pointName(view.journey, startingPoint) })}</Title>
              <Tree journey={view.journey} condition={condition} why={filter} />
            </section>
          )
        );
      })}
      {view.refused.length > 0 && (
        <section className={classes.part}>
          <Title order={3}>{t('contacts.whyPane.refused')}</Title>
          <List size="sm" spacing={4}>
            {view.refused.map(({ startingPoint, reason: code, at }) => (
              <List.Item key={`${at} ${startingPoint} ${code}`}>
                {t('contacts.whyPane.refusedAt', {
                  at: dateTime(at),
                  start: startingPoint === 'hand' ? t('points.startKind.hand') : pointName(view.journey, startingPoint),
                  why: reason(code),
                })}
              </List.Item>
            ))}
          </List>
        </section>
      )}
    </>
  );
}
