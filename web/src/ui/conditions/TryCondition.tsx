import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { ContactPicker } from '@/ui/pickers/ContactPicker';
import type { Condition } from './condition';
import { Explained } from './Explained';
import classes from './TryCondition.module.css';
import type { Telling } from './telling';
import { triedOf } from './tried';

/** Somebody is chosen, and each part of the condition says whether it holds for them. */
export function TryCondition({ condition, telling }: { condition: Condition; telling: Telling }) {
  const { t } = telling;
  const [contact, setContact] = useState<string | null>(null);
  const tried = useQuery<Schemas['TriedView'], ProblemError>({
    queryKey: ['condition-try', condition, contact],
    enabled: contact !== null,
    retry: false,
    queryFn: ({ signal }) => take(api.POST('/api/v1/conditions/try', { body: { condition, contact: contact ?? '' }, signal })),
  });
  return (
    <>
      <ContactPicker label={t('conditions.try.contact')} value={contact} onChange={setContact} autoFocus />
      <div aria-live="polite" className={classes.answer}>
        {tried.isFetching && !tried.data && <Skeleton height={60} />}
        {tried.isError && (
          <Text size="sm" c="var(--p-danger)">
            {t('conditions.try.failed')}
          </Text>
        )}
        {tried.data && (
          <>
            <Text fw={600} size="sm">
              {t(tried.data.holds ? 'conditions.try.holds' : 'conditions.try.holdsNot')}
            </Text>
            <Explained tried={triedOf(condition, tried.data.why, telling)} telling={telling} />
          </>
        )}
      </div>
    </>
  );
}
