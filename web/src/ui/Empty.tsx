import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Empty.module.css';

/** Nothing here yet: what this is for, and one way to begin. */
export function Empty({
  title,
  text,
  action,
  picture,
}: {
  title: string;
  text: string;
  action?: ReactNode;
  picture?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      {picture}
      <Title order={2}>{title}</Title>
      <Text c="var(--p-ink-2)" maw={480}>
        {text}
      </Text>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
