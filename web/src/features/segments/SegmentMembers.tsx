import { Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { AsOf } from '@/ui/AsOf';
import { Failure } from '@/ui/Failure';
import { MembersTable } from '@/ui/members/MembersTable';
import { useKeyset } from '@/ui/table/useKeyset';
import type { Segment } from './useSegments';

export function SegmentMembers({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const keyset = useKeyset();
  const { name, version, filling } = segment;
  const members = useQuery({
    queryKey: ['segment-members', name, version, filling, keyset.after],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/segments/{name}/members', {
          params: { path: { name }, query: { limit: 50, after: keyset.after } },
          signal,
        }),
      ),
  });
  return (
    <section>
      <Title order={2} mb="sm">
        {t('segments.members')}
      </Title>
      <AsOf query={members} />
      {members.isLoadingError ? (
        <Failure error={members.error} onRetry={() => void members.refetch()} />
      ) : (
        <MembersTable
          label={t('segments.members')}
          members={members.data?.items}
          next={members.data?.next}
          keyset={keyset}
          emptyTitle={t('segments.nobody')}
          emptyText={t(filling ? 'segments.nobodyYet' : 'segments.nobodyText')}
        />
      )}
    </section>
  );
}
