import { Button, Group } from '@mantine/core';
import { IconAlertCircle, IconExternalLink } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Reason } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { mendOf } from '../editor/mends';
import { problemsOf } from '../editor/problems';
import { cardOf } from '../points/catalogue';
import classes from './PublishSheet.module.css';

const shownMax = 3;

/** What keeps it from going live, before all else: the first of it with what mends it, and the way to the rest. */
export function Blocking({
  journey,
  telling,
  errors,
  onProblems,
}: {
  journey: Journey;
  telling: Telling;
  errors: Reason[];
  onProblems: () => void;
}) {
  const { t } = useSay();
  const problems = problemsOf(journey, errors);
  return (
    <section className={classes.blocking} aria-label={t('map.check.banner', { count: errors.length })}>
      <h3>{t('map.check.banner', { count: errors.length })}</h3>
      <ul className={classes.checks}>
        {problems.slice(0, shownMax).map((problem) => {
          const mend = mendOf(journey, problem);
          return (
            <li key={`${problem.reason.path} ${problem.reason.code}`} data-tone="danger">
              <IconAlertCircle size={18} aria-hidden />
              <span>
                {reasonText(t, problem.reason)}
                <small>{problem.id === undefined ? t('map.check.settings') : cardOf(journey, problem.id, telling).title}</small>
                {mend && 'to' in mend && (
                  <Button
                    mt={4}
                    size="compact-sm"
                    variant="default"
                    component={Link}
                    to={mend.to}
                    target="_blank"
                    rightSection={<IconExternalLink size={14} aria-label={t('map.check.mend.beside')} />}
                  >
                    {t(`map.check.mend.${mend.says}`)}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <Group mt="sm">
        <Button onClick={onProblems}>{t('map.publish.mend')}</Button>
      </Group>
    </section>
  );
}
