import { useTranslation } from 'react-i18next';
import { useFormats } from '@/lib/useFormats';
import { StatusChip } from '../StatusChip';
import classes from './PhoneLine.module.css';
import type { JourneyRow } from './useJourneys';

/** What the columns say at a desk, in one line where there is no room for columns. */
export function PhoneLine({ journey: { status, version, figures } }: { journey: JourneyRow }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <div className={classes.line}>
      <StatusChip status={status} />
      {version > 0 && figures && (
        <span>
          {t('journeys.home.phoneLine', {
            started: number(figures.started),
            inProgress: number(figures.inProgress),
            completed: number(figures.completed),
          })}
        </span>
      )}
    </div>
  );
}
