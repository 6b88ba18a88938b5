import type { ReactNode } from 'react';
import classes from './Stat.module.css';

/** A strip of numbers that say how it stands. */
export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className={classes.stats} data-figures>
      {children}
    </dl>
  );
}

export function Stat({ label, value, note, drawing }: { label: string; value: string; note?: string; drawing?: ReactNode }) {
  return (
    <div className={classes.stat}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      {note && <dd className={classes.note}>{note}</dd>}
      {drawing && <dd className={classes.drawing}>{drawing}</dd>}
    </div>
  );
}
