import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  tone: 'warning' | 'success' | 'plain';
  title: ReactNode;
  icon?: ReactNode;
  children: ReactNode;
}

const tones = {
  warning: { back: 'var(--p-warning-soft)', front: 'var(--p-warning)' },
  success: { back: 'var(--p-success-soft)', front: 'var(--p-success)' },
  plain: { back: 'var(--p-sunken)', front: 'var(--p-ink)' },
};

/** Something to know before one goes on, in colours that can be read in both themes. */
export function Notice({ tone, title, icon, children }: Props) {
  const { back, front } = tones[tone];
  return (
    <Alert
      mb="md"
      icon={icon}
      title={title}
      styles={{
        root: { background: back, color: 'var(--p-ink)' },
        title: { color: front },
        icon: { color: front },
        message: { color: 'var(--p-ink)' },
      }}
    >
      {children}
    </Alert>
  );
}
