import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { reasonText } from '@/api/reasonText';
import { newWording, writeContent } from './contentDocument';
import { useSaveContent } from './useContent';

/** Journeys name content by this name, so it is chosen before anything else. */
export function NewContent({ opened, name = '', onClose }: { opened: boolean; name?: string; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name, subject: '' },
    validate: { name: (value) => (value.trim() ? null : t('content.needsName')) },
  });
  const save = useSaveContent('');
  const submit = form.onSubmit(({ name, subject }) => {
    const wording = { ...newWording(), subject: subject.trim() || name.trim(), html: t('content.firstHtml') };
    save.mutate(
      {
        as: name.trim(),
        revision: null,
        document: writeContent(name.trim(), { defaultLanguage: i18n.language, texts: { [i18n.language]: wording }, rest: {} }),
      },
      {
        onSuccess: async ({ name: made }) => {
          form.reset();
          onClose();
          await navigate(`/content/${encodeURIComponent(made)}`);
        },
        onError: (problem) =>
          form.setFieldError(
            'name',
            problem.status === 428
              ? t('content.nameTaken')
              : problem.reasons[0]
                ? reasonText(t, problem.reasons[0])
                : problem.message,
          ),
      },
    );
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('content.new')} closeButtonProps={{ 'aria-label': t('frame.close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('content.name')}
            description={t('content.nameHint')}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput label={t('content.subject')} {...form.getInputProps('subject')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('content.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
