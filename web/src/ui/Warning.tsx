import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

/** Something that is not as one might think, in the colours of a warning in both themes. */
export function Warning({ title, icon, children }: { title: ReactNode; icon?: ReactNode; children: ReactNode }) {
  return (
    <Alert
      mb="md"
      icon={icon}
      title={title}
      styles={{
        root: { background: 'var(--p-warning-soft)', color: 'var(--p-ink)' },
        title: { color: 'var(--p-warning)' },
        icon: { color: 'var(--p-warning)' },
      }}
    >
      {children}
    </Alert>
  );
}
