import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface Props {
  title: string;
  /** What is true of it, beside the title: a state, "updated 1 s ago". */
  aside?: ReactNode;
  /** At most three, one of them primary. */
  actions?: ReactNode;
  /** Where it belongs, above the title. */
  above?: ReactNode;
  /** Beneath the title, in small. */
  below?: ReactNode;
  /** Before the title. */
  picture?: ReactNode;
  /** For forms: one column that can be read. */
  narrow?: boolean;
  children: ReactNode;
}

/** A page with its heading. */
export function Page({ title, aside, actions, above, below, picture, narrow = false, children }: Props) {
  useDocumentTitle(`${title} · Parcours`);
  return (
    <div className={classes.page} data-narrow={narrow || undefined}>
      {above && <div className={classes.above}>{above}</div>}
      <header className={classes.head}>
        {picture}
        <div>
          <div className={classes.line}>
            <Title order={1}>{title}</Title>
            {aside && <div className={classes.aside}>{aside}</div>}
          </div>
          {below && <div className={classes.aside}>{below}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
