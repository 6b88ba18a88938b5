import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { reasonText } from '@/api/reasonText';

/** Why a file cannot go in: every reason, in the reader's words. */
export function ImportErrors({ error, children }: { error: Schemas['ImportError']; children?: ReactNode }) {
  const { t } = useTranslation();
  // One that an older version has kept has no reasons of its own.
  const reasons = error.reasons?.length ? error.reasons : [error];
  return (
    <Alert color="red" mb="md" role="alert" title={t('imports.refused')}>
      {reasons.map((reason) => (
        <div key={`${reason.code} ${'path' in reason ? reason.path : ''}`}>{reasonText(t, reason)}</div>
      ))}
      {children}
    </Alert>
  );
}
