import { Button, Group, Modal, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tagsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { type Contact, usePatchContact } from '../page/useContact';
import { difference, formOf } from './contactForm';

/** Tags alone, as that is what one comes for most. */
export function TagContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation();
  const [tags, setTags] = useState<string[]>([...contact.tags]);
  const known = useQuery(tagsQuery).data?.map(({ name }) => name) ?? [];
  const patch = usePatchContact(contact.id);
  return (
    <Modal opened onClose={onClose} title={t('contacts.page.tag')} closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <TagsInput label={t('contacts.tags')} data={known} value={tags} onChange={setTags} acceptValueOnBlur data-autofocus />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
        <Button
          loading={patch.isPending}
          onClick={() =>
            patch.mutate(difference(contact, { ...formOf(contact), tags }), {
              onSuccess: () => {
                toastSaved(t('contacts.edit.saved'));
                onClose();
              },
              onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
            })
          }
        >
          {t('frame.save')}
        </Button>
      </Group>
    </Modal>
  );
}
