import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { usePointName } from '../usePointName';
import { decidedBy } from './decided';
import { Tree } from './Tree';
import { useVersions } from './useWhy';
import classes from './Why.module.css';

/** How it came in, and what decided on its way: each condition as it was answered then. */
export function WhyIn({ view, trip }: { view: Schemas['WhyView']; trip: Schemas['TripView'] }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const pointName = usePointName();
  const versions = useVersions(view.journey, [...new Set(trip.steps.map((step) => step.version))]);
  const entered = trip.steps.find((step) => step.edge === 'entered');
  // Who stood somewhere and went on from there has one line for both.
  const way = trip.steps.filter((step, at) => step !== entered && (step.edge || trip.steps[at + 1]?.point !== step.point));
  const start = pointName(view.journey, trip.startingPoint);
  const rule = entered && decidedBy(versions.get(entered.version), entered);
  return (
    <>
      <Text mb="sm">
        {trip.startEvent
          ? t('contacts.whyPane.cameByEvent', { at: dateTime(trip.startedAt), start, event: trip.startEvent })
          : t('contacts.whyPane.came', { at: dateTime(trip.startedAt), start })}
      </Text>
      {entered?.condition && rule && (
        <section className={classes.part}>
          <Title order={3}>{t('contacts.whyPane.then')}</Title>
          <Tree journey={view.journey} condition={rule} why={entered.condition} />
        </section>
      )}
      <section className={classes.part}>
        <Title order={3}>{t('contacts.whyPane.way')}</Title>
        <ol className={classes.steps}>
          {way.map((step, at) => {
            const condition = decidedBy(versions.get(step.version), step);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: what happened keeps its place.
              <li key={at}>
                <span className={classes.head}>
                  <b>{pointName(view.journey, step.point)}</b>
                  <time dateTime={step.at}>{dateTime(step.at)}</time>
                </span>
                <Text size="sm" c="var(--p-ink-3)">
                  <Way step={step} />
                </Text>
                {step.condition && condition && <Tree journey={view.journey} condition={condition} why={step.condition} />}
              </li>
            );
          })}
        </ol>
        {!trip.complete && (
          <Text size="sm" c="dimmed">
            {t('contacts.whyPane.incomplete')}
          </Text>
        )}
      </section>
    </>
  );
}

function Way({ step }: { step: Schemas['StepView'] }) {
  const { t } = useTranslation();
  if (!step.edge) return t('contacts.whyPane.waited');
  const edge = t(`contacts.edge.${step.edge}` as 'contacts.edge.timeout', { defaultValue: step.edge });
  const detail = step.detail && t(`contacts.why.${step.detail}` as 'contacts.why.goal', { defaultValue: step.detail });
  const way = [...new Set([step.edge === 'next' ? '' : edge, detail])].filter(Boolean).join(', ');
  return way ? t('contacts.whyPane.went', { way }) : t('contacts.whyPane.wentOn');
}
