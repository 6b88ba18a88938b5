import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { journeyQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import type { Enrolment } from './useContact';
import { useTimeline } from './useContact';
import { usePointName } from './usePointName';
import { ahead, type Definition, passedBy } from './way';
import classes from './YouAreHere.module.css';

const shown = { passed: 2, ahead: 2 };

/** The line that the contact travels: where it got on and came by, where it stands, and what comes next if all goes straight on. */
export function YouAreHere({ contact, enrolment }: { contact: string; enrolment: Enrolment }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const pointName = usePointName();
  const { id, journey, point, until, since, startedAt } = enrolment;
  const definition = useQuery(journeyQuery(journey)).data?.definition as Definition | undefined;
  const items = useTimeline(contact).data?.pages.flatMap((page) => page.items) ?? [];
  if (!point) return null;
  const passed = passedBy(items, id, point).slice(-shown.passed);
  const next = definition ? ahead(definition, point, shown.ahead) : [];
  const stops = [
    { key: 'in', state: 'passed', name: t('contacts.way.entered'), when: dateTime(startedAt) },
    ...passed.map((one) => ({ key: one.point, state: 'passed', name: pointName(journey, one.point), when: dateTime(one.at) })),
    {
      key: point,
      state: 'here',
      name: pointName(journey, point),
      when: until ? t('contacts.way.until', { at: dateTime(until) }) : t('contacts.way.since', { at: dateTime(since) }),
    },
    ...next.map((one) => ({ key: `next ${one}`, state: 'ahead', name: pointName(journey, one), when: '' })),
  ];
  return (
    <ol className={classes.way} aria-label={t('contacts.way.label')}>
      {stops.map(({ key, state, name, when }) => (
        <li key={key} data-state={state} aria-current={state === 'here' ? 'step' : undefined}>
          <span className={classes.name} title={name}>
            {name}
          </span>
          <span className={classes.when}>{state === 'ahead' ? t('contacts.way.ahead') : when}</span>
        </li>
      ))}
    </ol>
  );
}
