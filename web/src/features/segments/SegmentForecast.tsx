import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import type { Segment } from './useSegments';

/** Who will join and leave within a week though nothing happens: only because time goes on. */
export function SegmentForecast({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const { name, version, filling } = segment;
  const { data } = useQuery({
    queryKey: ['segments', name, 'forecast', version],
    enabled: !filling,
    staleTime: 60_000,
    refetchInterval: 60_000,
    retry: false,
    queryFn: ({ signal }) => take(api.GET('/api/v1/segments/{name}/forecast', { params: { path: { name } }, signal })),
  });
  if (!data) return null;
  const joins = t('segments.willJoin', { count: data.join, number: number(data.join) });
  const leaves = t('segments.willLeave', { count: data.leave, number: number(data.leave) });
  return (
    <div>
      <Text fw={600} mt="md" mb={4}>
        {t('segments.byTime')}
      </Text>
      <Text size="sm" c="var(--p-ink-2)">
        {data.join + data.leave === 0
          ? t('segments.nobodyByTime')
          : t(data.complete ? 'segments.joinAndLeave' : 'segments.joinAndLeaveOf', {
              joins,
              leaves,
              looked: number(data.looked),
            })}{' '}
        {data.nextJoin && t('segments.nextJoins', { at: dateTime(data.nextJoin) })}
      </Text>
    </div>
  );
}
