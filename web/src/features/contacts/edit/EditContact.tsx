import { Button, Drawer, Group, MultiSelect, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { listsQuery, propertiesQuery, tagsQuery, topicsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { applyReasons } from '@/ui/form/applyReasons';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { type Contact, usePatchContact } from '../page/useContact';
import { type ContactForm, difference, formOf } from './contactForm';
import { PropertyField } from './PropertyField';

/** Properties, tags, lists and consent of one contact. Only what was changed is sent. */
export function EditContact({ contact, opened, onClose }: { contact: Contact; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const declared = useQuery(propertiesQuery).data ?? [];
  const topics = useQuery(topicsQuery).data ?? [];
  const lists = useQuery(listsQuery).data ?? [];
  const tags = useQuery(tagsQuery).data?.map(({ name }) => name) ?? [];
  const patch = usePatchContact(contact.id);
  const form = useForm<ContactForm>({ initialValues: formOf(contact) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening begins anew with what is true then, and nothing else does.
  useEffect(() => {
    if (!opened) return;
    form.setInitialValues(formOf(contact));
    form.setValues(formOf(contact));
  }, [opened]);

  const names = [...new Set([...declared.map(({ id }) => id), ...Object.keys(contact.properties ?? {})])].sort((a, b) =>
    a.localeCompare(b),
  );
  const submit = form.onSubmit((values) =>
    patch.mutate(difference(contact, values), {
      onSuccess: () => {
        toastSaved(t('contacts.edit.saved'));
        onClose();
      },
      onError: (problem) => {
        applyReasons(form, problem, t);
        toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : t('frame.failure.broken.title'));
      },
    }),
  );
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('contacts.page.edit')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
      size="md"
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TagsInput label={t('contacts.tags')} data={tags} {...form.getInputProps('tags')} />
          <MultiSelect
            label={t('contacts.facts.lists')}
            data={lists.map(({ id, value }) => ({ value: id, label: value?.title ?? id }))}
            searchable
            {...form.getInputProps('lists')}
          />
          {names.map((name) => (
            <PropertyField
              key={name}
              name={name}
              body={declared.find(({ id }) => id === name)?.value ?? undefined}
              {...form.getInputProps(`properties.${name}`)}
            />
          ))}
          {topics.length > 0 && (
            <Text fw={600} mt="xs">
              {t('contacts.facts.consent')}
            </Text>
          )}
          {topics.map(({ id, value }) => (
            <Select
              key={id}
              label={t('contacts.facts.consentTo', { channel: t('contacts.channel.email'), topic: value?.title ?? id })}
              allowDeselect={false}
              data={(['unknown', 'given', 'refused'] as const).map((state) => ({
                value: state,
                label: t(`contacts.consent.${state}`),
              }))}
              {...form.getInputProps(`consents.${id}`)}
              value={form.values.consents[id] ?? 'unknown'}
            />
          ))}
          {names.length === 0 && <TextInput label={t('contacts.edit.noProperties')} disabled />}
          <Group gap="xs">
            <Button type="submit" loading={patch.isPending} disabled={!form.isDirty()}>
              {t('frame.save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
