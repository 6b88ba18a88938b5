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

export function Stat({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div className={classes.stat}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      {note && <dd className={classes.note}>{note}</dd>}
    </div>
  );
}
