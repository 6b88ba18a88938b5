import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Card.module.css';

/** A pane on the page, with its own heading if it has one. */
export function Card({
  title,
  aside,
  flush = false,
  children,
}: {
  title?: string;
  aside?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.card} data-flush={flush || undefined}>
      {title && (
        <div className={classes.head}>
          <Title order={2}>{title}</Title>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
