import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { journeyNamesQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { Chip, type ChipTone } from '@/ui/Chip';
import { confirm } from '@/ui/confirm';
import { toastFailed } from '@/ui/toasts';
import classes from './Trips.module.css';
import { type Enrolment, useEnrolments, useRemoveEnrolment } from './useContact';
import { usePointName } from './usePointName';

const tones: Record<NonNullable<Enrolment['outcome']>, ChipTone> = {
  successful: 'success',
  unsuccessful: 'danger',
  completed: 'plain',
  exited: 'outline',
  removed: 'outline',
  failed: 'danger',
};

/** The journeys that the contact is in or was in: where, since when, until when, and how it ended. */
export function Trips({ id, onWhy }: { id: string; onWhy: (enrolment: Enrolment) => void }) {
  const { t } = useTranslation();
  const enrolments = useEnrolments(id).data;
  if (!enrolments || enrolments.length === 0) return null;
  return (
    <Card title={t('contacts.trips.title')}>
      <ul className={classes.trips}>
        {enrolments.map((enrolment) => (
          <Trip key={enrolment.id} id={id} enrolment={enrolment} onWhy={() => onWhy(enrolment)} />
        ))}
      </ul>
    </Card>
  );
}

function Trip({ id, enrolment, onWhy }: { id: string; enrolment: Enrolment; onWhy: () => void }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const { journey, version, outcome, why, since, until, startedAt, endedAt } = enrolment;
  const name = useQuery(journeyNamesQuery).data?.get(journey)?.name ?? journey;
  const point = usePointName()(journey, enrolment.point);
  const remove = useRemoveEnrolment(id);
  return (
    <li className={classes.trip} data-inside={!outcome || undefined}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div>
          <Group gap="xs">
            <Link to={`/journeys/${journey}`} className={classes.name}>
              {name}
            </Link>
            <Chip tone={outcome ? tones[outcome] : 'accent'}>
              {t(outcome ? `contacts.outcome.${outcome}` : 'contacts.outcome.inProgress')}
            </Chip>
          </Group>
          <Text size="sm" c="var(--p-ink-2)">
            {outcome
              ? t('contacts.trips.ended', { point: point || '–', at: dateTime(endedAt ?? since) })
              : until
                ? t('contacts.trips.waitsUntil', { point, since: dateTime(since), until: dateTime(until) })
                : t('contacts.trips.waits', { point, since: dateTime(since) })}
          </Text>
          {why && (
            <Text size="sm" c="var(--p-ink-3)">
              {t('contacts.trips.why', { why: t(`contacts.why.${why}` as 'contacts.why.goal', { defaultValue: why }) })}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {t('contacts.trips.entered', { at: dateTime(startedAt), version })}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <Button size="xs" variant="default" onClick={onWhy} aria-label={t('contacts.whyPane.ask', { name })}>
            {t('contacts.whyPane.button')}
          </Button>
          {!outcome && (
            <Button
              size="xs"
              variant="default"
              onClick={() =>
                confirm({
                  title: t('contacts.trips.removeTitle', { name }),
                  text: t('contacts.trips.removeText'),
                  button: t('contacts.trips.remove'),
                  cancel: t('frame.cancel'),
                  onConfirm: () =>
                    remove.mutate(enrolment, {
                      onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
                    }),
                })
              }
            >
              {t('contacts.trips.remove')}
            </Button>
          )}
        </Group>
      </Group>
    </li>
  );
}
