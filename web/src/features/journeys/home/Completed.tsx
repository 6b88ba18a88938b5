import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import classes from './Completed.module.css';

/** Of those who started: how many ended well, how many otherwise, how many are on their way. */
export function Completed({ figures }: { figures: Schemas['JourneyFigures'] | null | undefined }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { started, inProgress, completed, successful } = figures ?? { started: 0, inProgress: 0, completed: 0, successful: 0 };
  return (
    <div>
      <div className={classes.line}>
        {started > 0 && (
          <div className={classes.bar} aria-hidden>
            <span className={classes.good} style={{ flexGrow: successful }} />
            <span className={classes.other} style={{ flexGrow: completed - successful }} />
            <span className={classes.inside} style={{ flexGrow: inProgress }} />
          </div>
        )}
        <strong>{number(completed)}</strong>
      </div>
      <div className={classes.note}>
        {t('journeys.home.successfulOrNot', {
          count: successful,
          good: number(successful),
          rest: number(completed - successful),
        })}
      </div>
    </div>
  );
}
