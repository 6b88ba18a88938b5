import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { journeyNamesQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { toastSaved } from '@/ui/toasts';
import { dataOf, JourneyData } from '../list/JourneyData';
import { useEnrol } from '../page/useContact';

/** By hand into a live journey; its own rules still decide. */
export function EnterJourney({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [journey, setJourney] = useState<string | null>(null);
  const [text, setText] = useState('');
  const data = dataOf(text);
  const journeys = useQuery(journeyNamesQuery).data;
  const enrol = useEnrol(id);
  const live = [...(journeys ?? [])]
    .filter(([, { status }]) => status === 'live')
    .map(([value, { name }]) => ({ value, label: name }));
  const refusal = enrol.error?.reasons[0] ? reasonText(t, enrol.error.reasons[0]) : enrol.error?.message;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('contacts.page.enter')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <Stack gap="md">
        <Text c="var(--p-ink-2)">{t('contacts.enter.lead')}</Text>
        <Select
          label={t('contacts.bulk.liveJourney')}
          data={live}
          value={journey}
          onChange={setJourney}
          searchable
          error={refusal}
          nothingFoundMessage={t('contacts.enter.none')}
          data-autofocus
        />
        <JourneyData value={text} onChange={setText} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button
            disabled={!journey || data === undefined}
            loading={enrol.isPending}
            onClick={() =>
              journey &&
              enrol.mutate(
                { journey, data: data ?? undefined },
                {
                  onSuccess: () => {
                    toastSaved(t('contacts.enter.done'));
                    onClose();
                  },
                },
              )
            }
          >
            {t('contacts.bulk.enter')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
