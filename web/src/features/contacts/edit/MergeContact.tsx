import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { propertiesQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { ContactPicker } from '@/ui/pickers/ContactPicker';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { useValueText } from '@/ui/useValueText';
import { type Contact, useContact } from '../page/useContact';

/** Makes another contact part of this one. Of what both have with different values it is asked which counts. */
export function MergeContact({ contact, name, onClose }: { contact: Contact; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [other, choose] = useState<string | null>(null);
  const [taken, setTaken] = useState<readonly string[]>([]);
  const loser = useContact(other ?? '', other !== null).data;
  const isSame = loser?.id === contact.id;
  const merge = useMutation<Contact, ProblemError, string>({
    mutationFn: (id) =>
      take(
        api.POST('/api/v1/contacts/{id}/merge', { params: { path: { id: contact.id } }, body: { loser: id, take: [...taken] } }),
      ),
    onSuccess: async (merged) => {
      toastSaved(t('contacts.merge.done'));
      onClose();
      client.setQueryData(['contact', contact.id], merged);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['contact', contact.id] }),
        client.invalidateQueries({ queryKey: ['contacts'] }),
      ]);
    },
    onError: (problem) =>
      toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message || t('frame.failure.broken.title')),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('contacts.merge.title', { name })}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <Stack gap="md">
        <Text c="var(--p-ink-2)">{t('contacts.merge.text')}</Text>
        <ContactPicker
          label={t('contacts.merge.other')}
          value={other}
          onChange={(id) => {
            choose(id);
            setTaken([]);
          }}
          autoFocus
        />
        {isSame && <Text c="var(--p-danger)">{reasonText(t, { code: 'merge.same', text: '' })}</Text>}
        {loser && !isSame && <Choices own={contact} other={loser} taken={taken} onTake={setTaken} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button
            color="red"
            disabled={!loser || isSame}
            loading={merge.isPending}
            onClick={() => loser && merge.mutate(loser.id)}
          >
            {t('contacts.merge.button')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface ChoicesProps {
  own: Contact;
  other: Contact;
  taken: readonly string[];
  onTake: (names: readonly string[]) => void;
}

function Choices({ own, other, taken, onTake }: ChoicesProps) {
  const { t } = useTranslation();
  const valueText = useValueText();
  const titles = new Map(useQuery(propertiesQuery).data?.map(({ id, value }) => [id, value?.title ?? id]));
  const differing = Object.entries(own.properties ?? {}).filter(
    ([key, value]) => other.properties?.[key] !== undefined && valueText(other.properties[key]) !== valueText(value),
  );
  if (differing.length === 0) return null;
  return (
    <Stack gap="sm">
      <Text fw={600}>{t('contacts.merge.choose')}</Text>
      {differing.map(([key, value]) => (
        <Radio.Group
          key={key}
          label={titles.get(key) ?? key}
          value={taken.includes(key) ? 'other' : 'own'}
          onChange={(which) => onTake(which === 'other' ? [...taken, key] : taken.filter((one) => one !== key))}
        >
          <Group gap="lg" mt={4}>
            <Radio value="own" label={valueText(value)} description={t('contacts.merge.own')} />
            <Radio value="other" label={valueText(other.properties?.[key])} description={t('contacts.merge.others')} />
          </Group>
        </Radio.Group>
      ))}
    </Stack>
  );
}
