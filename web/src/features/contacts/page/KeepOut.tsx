import { Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { journeyNamesQuery } from '@/api/queries';
import { toastSaved } from '@/ui/toasts';
import { type Contact, useEnrolments } from './useContact';
import { useStanding } from './useStanding';

/** Keeps the contact out of a journey; where it is inside, it is asked whether it leaves at once. */
export function KeepOut({ contact, journey, onClose }: { contact: Contact; journey?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<string | null>(journey ?? null);
  const [remove, setRemove] = useState(true);
  const journeys = useQuery(journeyNamesQuery).data;
  const isInside = useEnrolments(contact.id).data?.some((one) => one.journey === chosen && !one.outcome) ?? false;
  const standing = useStanding(contact.id);
  const data = [...(journeys ?? [])]
    .filter(([value, { status }]) => status !== 'archived' && status !== 'ended' && !contact.barred.includes(value))
    .map(([value, { name }]) => ({ value, label: name }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        journey ? t('contacts.keepOut.titleOf', { name: journeys?.get(journey)?.name ?? journey }) : t('contacts.keepOut.title')
      }
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <Stack gap="md">
        <Text c="var(--p-ink-2)">{t('contacts.keepOut.text')}</Text>
        {!journey && (
          <Select
            label={t('contacts.keepOut.journey')}
            data={data}
            value={chosen}
            onChange={choose}
            searchable
            nothingFoundMessage={t('contacts.keepOut.none')}
            data-autofocus
          />
        )}
        {isInside && (
          <Checkbox
            label={t('contacts.keepOut.remove')}
            description={t('contacts.trips.removeText')}
            checked={remove}
            onChange={(event) => setRemove(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button
            disabled={!chosen}
            loading={standing.isPending}
            onClick={() =>
              chosen &&
              standing.mutate(
                { bar: chosen, remove: isInside && remove },
                {
                  onSuccess: () => {
                    toastSaved(t('contacts.keepOut.done'));
                    onClose();
                  },
                },
              )
            }
          >
            {t('contacts.keepOut.button')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
