import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { journeyNamesQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { Chip, type ChipTone } from '@/ui/Chip';
import { confirm } from '@/ui/confirm';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { KeepOut } from './KeepOut';
import classes from './Trips.module.css';
import { type Contact, type Enrolment, useEnrolments, usePutBack, useRemoveEnrolment } from './useContact';
import { usePointName } from './usePointName';
import { useStanding } from './useStanding';
import { YouAreHere } from './YouAreHere';

const tones: Record<NonNullable<Enrolment['outcome']>, ChipTone> = {
  successful: 'success',
  unsuccessful: 'danger',
  completed: 'plain',
  exited: 'outline',
  removed: 'outline',
  failed: 'danger',
};

/** The journeys that the contact is in or was in: where, since when, until when, and how it ended. */
export function Trips({ contact, onWhy }: { contact: Contact; onWhy: (enrolment: Enrolment) => void }) {
  const { t } = useTranslation();
  const [keepingOut, keepOut] = useState<string>();
  const enrolments = useEnrolments(contact.id).data;
  const standing = useStanding(contact.id);
  if (!enrolments || enrolments.length + contact.barred.length === 0) return null;
  const been = new Set(enrolments.map(({ journey }) => journey));
  // Whether it may come in is told once a journey, beside the newest trip.
  const newest = new Map([...enrolments].reverse().map(({ journey, id }) => [journey, id]));
  const door = (journey: string, name: string) =>
    contact.barred.includes(journey) ? (
      <Button
        size="xs"
        variant="default"
        loading={standing.isPending}
        aria-label={t('contacts.keepOut.letInOf', { name })}
        onClick={() => standing.mutate({ letIn: journey }, { onSuccess: () => toastSaved(t('contacts.keepOut.isIn')) })}
      >
        {t('contacts.keepOut.letIn')}
      </Button>
    ) : (
      <Button size="xs" variant="default" aria-label={t('contacts.keepOut.titleOf', { name })} onClick={() => keepOut(journey)}>
        {t('contacts.keepOut.button')}
      </Button>
    );
  return (
    <Card title={t('contacts.trips.title')}>
      <ul className={classes.trips}>
        {enrolments.map((enrolment) => (
          <Trip
            key={enrolment.id}
            id={contact.id}
            enrolment={enrolment}
            barred={contact.barred.includes(enrolment.journey)}
            door={newest.get(enrolment.journey) === enrolment.id ? door : undefined}
            onWhy={() => onWhy(enrolment)}
          />
        ))}
        {contact.barred
          .filter((journey) => !been.has(journey))
          .map((journey) => (
            <Barred key={journey} journey={journey} door={door} />
          ))}
      </ul>
      {keepingOut && <KeepOut contact={contact} journey={keepingOut} onClose={() => keepOut(undefined)} />}
    </Card>
  );
}

type Door = (journey: string, name: string) => ReactNode;

/** A journey that the contact was never in, and is kept out of. */
function Barred({ journey, door }: { journey: string; door: Door }) {
  const { t } = useTranslation();
  const name = useQuery(journeyNamesQuery).data?.get(journey)?.name ?? journey;
  return (
    <li className={classes.trip}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          <Link to={`/journeys/${journey}`} className={classes.name}>
            {name}
          </Link>
          <Chip tone="warning">{t('contacts.keepOut.chip')}</Chip>
        </Group>
        {door(journey, name)}
      </Group>
    </li>
  );
}

interface TripProps {
  id: string;
  enrolment: Enrolment;
  barred: boolean;
  /** What keeps it out or lets it in; of one trip of a journey alone. */
  door: Door | undefined;
  onWhy: () => void;
}

function Trip({ id, enrolment, barred, door, onWhy }: TripProps) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const { journey, version, outcome, why, since, until, startedAt, endedAt } = enrolment;
  const name = useQuery(journeyNamesQuery).data?.get(journey)?.name ?? journey;
  const point = usePointName()(journey, enrolment.point);
  const remove = useRemoveEnrolment(id);
  const putBack = usePutBack(id);
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
            {barred && door && <Chip tone="warning">{t('contacts.keepOut.chip')}</Chip>}
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
              {outcome
                ? t('contacts.trips.why', { why: t(`contacts.why.${why}` as 'contacts.why.goal', { defaultValue: why }) })
                : t(`contacts.whyPane.waits.${why}` as 'contacts.whyPane.waits.delay', { defaultValue: why })}
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
          {outcome === 'failed' && (
            <Button
              size="xs"
              variant="default"
              onClick={() =>
                confirm({
                  title: t('contacts.trips.putBackTitle', { name }),
                  text: t('contacts.trips.putBackText'),
                  button: t('contacts.trips.putBack'),
                  cancel: t('frame.cancel'),
                  onConfirm: () =>
                    putBack.mutate(enrolment, {
                      onSuccess: ({ refused: [first] }) =>
                        first ? toastFailed(reasonText(t, refusal(first))) : toastSaved(t('contacts.trips.putBackDone')),
                      onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
                    }),
                })
              }
            >
              {t('contacts.trips.putBack')}
            </Button>
          )}
          {door?.(journey, name)}
        </Group>
      </Group>
      {!outcome && <YouAreHere contact={id} enrolment={enrolment} />}
    </li>
  );
}

function refusal({ code, text, where }: Schemas['RefusedRow']) {
  return { code, text, arguments: { where: where ?? '' } };
}
