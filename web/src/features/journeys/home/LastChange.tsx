import { Tooltip, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/ui/Avatar';
import classes from './JourneysList.module.css';

/** When a journey was changed last, and by whom; programs have no face. */
export function LastChange({ by, children }: { by: string | null | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <span className={classes.change}>
      {by && (
        <Tooltip label={by}>
          <span>
            <Avatar name={by} size={22} />
            <VisuallyHidden>{t('journeys.home.changedBy', { who: by })}</VisuallyHidden>
          </span>
        </Tooltip>
      )}
      {children}
    </span>
  );
}
