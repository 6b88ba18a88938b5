import { IconAlertCircle, IconCircleCheck, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './PrepareImport.module.css';
import type { MappedColumn } from './targets';

const icons = { sure: IconCircleCheck, look: IconAlertCircle, new: IconPlus, leftOut: null };

/** How sure it is what a column becomes. */
export function Guess({ guess }: Pick<MappedColumn, 'guess'>) {
  const { t } = useTranslation();
  const Icon = icons[guess];
  return (
    <span className={classes.guess} data-guess={guess}>
      {Icon && <Icon size={15} stroke={1.8} aria-hidden />}
      {t(`imports.guess.${guess}`)}
    </span>
  );
}
