import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useSay } from '@/lib/say';
import { ContactPicker } from '@/ui/pickers/ContactPicker';

/** Whose way is asked about: the answer stands on their page. */
export function AskWhy({ journey, onClose }: { journey: { id: string; name: string }; onClose: () => void }) {
  const { t } = useSay();
  const [contact, setContact] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={t('map.why.title')} closeButtonProps={{ 'aria-label': t('map.close') }}>
      <Stack gap="md">
        <Text size="sm" c="var(--p-ink-2)">
          {t('map.why.text', { name: journey.name })}
        </Text>
        <ContactPicker label={t('map.why.who')} value={contact} onChange={setContact} autoFocus />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('map.cancel')}
          </Button>
          {contact ? (
            <Button component={Link} to={`/contacts/${contact}?why=${encodeURIComponent(journey.id)}`}>
              {t('map.why.ask')}
            </Button>
          ) : (
            <Button disabled>{t('map.why.ask')}</Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
