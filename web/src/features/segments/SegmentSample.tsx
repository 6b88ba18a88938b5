import { Button, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { contactName } from '@/api/contactName';
import { Avatar } from '@/ui/Avatar';
import { useContactsOf } from '@/ui/members/useContactsOf';
import { RowTitle } from '@/ui/table/RowTitle';
import type { Segment } from './useSegments';

const aTime = 5;

/** Five who are in it, and five others when one asks: from the first to the last, and over again. */
export function SegmentSample({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | undefined>();
  const { name, version, filling } = segment;
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['segment-members', name, version, filling, 'sample', after],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/segments/{name}/members', { params: { path: { name }, query: { limit: aTime, after } }, signal })),
  });
  const contacts = useContactsOf((data?.items ?? []).map(({ contact }) => contact));
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <Group justify="space-between" mt="md" mb="xs">
        <Text fw={600}>{t('segments.sample')}</Text>
        {(data.next || after) && (
          <Button size="compact-sm" variant="subtle" loading={isPlaceholderData} onClick={() => setAfter(data.next ?? undefined)}>
            {t('segments.anotherFive')}
          </Button>
        )}
      </Group>
      <Stack gap={8}>
        {data.items.map(({ contact: id }) => {
          const contact = contacts.get(id);
          const name = contact ? contactName(contact) : id.slice(0, 8);
          return <RowTitle key={id} to={`/contacts/${id}`} picture={<Avatar name={name} size={24} />} title={name} />;
        })}
      </Stack>
    </>
  );
}
