import { Button, Group, Modal, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { useLabelJourney } from './useJourneyActs';
import type { JourneyRow } from './useJourneys';

/** Words to find a journey by; they change nothing of its draft. */
export function EditLabels({ journey, opened, onClose }: { journey: JourneyRow; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [labels, setLabels] = useState<string[]>([...(journey.labels ?? [])]);
  const known =
    useQuery({
      queryKey: ['journeys', 'labels'],
      enabled: opened,
      queryFn: ({ signal }) => take(api.GET('/api/v1/journeys/labels', { signal })),
    }).data ?? [];
  const save = useLabelJourney();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('journeys.menu.labelsOf', { name: journey.name })}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <TagsInput
        label={t('journeys.menu.labels')}
        data={known.map(({ name }) => name)}
        value={labels}
        onChange={setLabels}
        data-autofocus
      />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate({ id: journey.id, labels }, { onSuccess: onClose })}>
          {t('frame.save')}
        </Button>
      </Group>
    </Modal>
  );
}
