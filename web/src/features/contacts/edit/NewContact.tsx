import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { applyReasons } from '@/ui/form/applyReasons';
import { toastFailed } from '@/ui/toasts';

/** One identity is enough; whoever has it already is opened instead of made twice. */
export function NewContact({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { email: '', phone: '', userId: '', firstName: '', lastName: '' },
    validate: (values) => (values.email || values.phone || values.userId ? {} : { email: t('contacts.create.needsIdentity') }),
  });
  const create = useMutation<Schemas['ContactView'], ProblemError, typeof form.values>({
    mutationFn: ({ firstName, lastName, email, phone, userId }) =>
      take(
        api.POST('/api/v1/contacts', {
          body: {
            email: email.trim() || null,
            phone: phone.trim() || null,
            userId: userId.trim() || null,
            properties: {
              ...(firstName.trim() && { first_name: firstName.trim() }),
              ...(lastName.trim() && { last_name: lastName.trim() }),
            } as Record<string, Schemas['JsonElement']>,
          },
        }),
      ),
    onSuccess: async (contact) => {
      await client.invalidateQueries({ queryKey: ['contacts'] });
      form.reset();
      onClose();
      await navigate(`/contacts/${contact.id}`);
    },
    onError: (problem) => (problem.reasons.length > 0 ? applyReasons(form, problem, t) : toastFailed(problem.message)),
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('contacts.new')} closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="md">
          <Text c="var(--p-ink-2)">{t('contacts.create.lead')}</Text>
          <TextInput label={t('contacts.identity.email')} data-autofocus {...form.getInputProps('email')} />
          <TextInput
            label={t('contacts.identity.phone')}
            description={t('contacts.create.phoneHint')}
            {...form.getInputProps('phone')}
          />
          <TextInput
            label={t('contacts.identity.userId')}
            description={t('contacts.create.userIdHint')}
            {...form.getInputProps('userId')}
          />
          <Group grow>
            <TextInput label={t('contacts.create.firstName')} {...form.getInputProps('firstName')} />
            <TextInput label={t('contacts.create.lastName')} {...form.getInputProps('lastName')} />
          </Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('contacts.create.button')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
