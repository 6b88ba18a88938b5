import type { ReactNode } from 'react';
import classes from './Tag.module.css';

/** A label, a tag, the name of a list. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={classes.tag}>{children}</span>;
}
