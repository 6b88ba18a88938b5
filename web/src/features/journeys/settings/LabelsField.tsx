import { TagsInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { useSay } from '@/lib/say';
import { useLabelJourney } from '../home/useJourneyActs';
import { useJourney } from '../useJourney';

/** Words to find a journey by. They are no part of its draft: nobody who labels disturbs who edits. */
export function LabelsField({ id }: { id: string }) {
  const { t } = useSay();
  const client = useQueryClient();
  const journey = useJourney(id).data;
  const save = useLabelJourney();
  const known = useQuery({
    queryKey: ['journeys', 'labels'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/journeys/labels', { signal })),
  }).data;
  return (
    <TagsInput
      label={t('map.settings.labels')}
      data={(known ?? []).map(({ name }) => name)}
      value={[...(journey?.labels ?? [])]}
      disabled={!journey}
      onChange={(labels) => {
        client.setQueryData(['journeys', id], (was: Schemas['JourneyView'] | undefined) => was && { ...was, labels });
        save.mutate({ id, labels });
      }}
      acceptValueOnBlur
    />
  );
}
