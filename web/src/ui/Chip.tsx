import type { ReactNode } from 'react';
import classes from './Chip.module.css';

export type ChipTone = 'plain' | 'success' | 'warning' | 'danger' | 'accent' | 'outline';

/** A state in a word. Its colour never says it alone. */
export function Chip({ tone, children }: { tone: ChipTone; children: ReactNode }) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {children}
    </span>
  );
}
