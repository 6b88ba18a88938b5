import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { type Told, useRead } from './useInbox';

/**
 * What a request for approval is answered with, for as long as it waits for this reader. It is approved where it can be looked at: the sheet says what
 * going live means.
 */
export function ApprovalButtons({ told, onGone }: { told: Told; onGone: () => void }) {
  const { t } = useTranslation();
  const read = useRead();
  const journey = told.journey ?? '';
  const request = useQuery({
    queryKey: ['journeys', journey, 'approval'],
    enabled: journey !== '',
    staleTime: 5_000,
    queryFn: async () => {
      try {
        return await take(api.GET('/api/v1/journeys/{id}/approval', { params: { path: { id: journey } } }));
      } catch (problem) {
        if (problem instanceof ProblemError && problem.status === 404) return null;
        throw problem;
      }
    },
  }).data;
  if (!request || request.comment || !request.mayApprove) return null;
  return (
    <Group gap="xs" mt={6}>
      <Button
        size="compact-sm"
        component={Link}
        to={`/journeys/${journey}?edit&do=publish`}
        onClick={() => {
          if (!told.readAt) read.mutate(told.id);
          onGone();
        }}
      >
        {t('frame.notifications.review')}
      </Button>
      {!told.readAt && (
        <Button size="compact-sm" variant="default" onClick={() => read.mutate(told.id)}>
          {t('frame.notifications.notNow')}
        </Button>
      )}
    </Group>
  );
}
