import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { reasonText } from '@/api/reasonText';
import { toastSaved } from '@/ui/toasts';
import { type ListRow, useSaveList } from './useLists';

/** A list has a name by which journeys and programs know it, and a title for people. */
export function EditList({
  list,
  name = '',
  opened,
  onClose,
}: {
  list: ListRow | null;
  /** What a new one is to be called. */
  name?: string;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const save = useSaveList();
  const form = useForm({
    initialValues: { id: list?.id ?? name, title: list?.value?.title ?? '', description: list?.value?.description ?? '' },
    validate: { id: (value) => (value.trim() ? null : t('lists.needsName')) },
  });
  const submit = form.onSubmit(({ id, title, description }) =>
    save.mutate(
      {
        id: id.trim(),
        revision: list?.revision ?? null,
        body: { title: title.trim() || null, description: description.trim() || null },
      },
      {
        onSuccess: () => {
          toastSaved(t('lists.saved'));
          form.reset();
          onClose();
        },
        onError: (problem) =>
          form.setFieldError(
            'id',
            problem.status === 428 ? t('lists.taken') : problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message,
          ),
      },
    ),
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(list ? 'lists.edit' : 'lists.new')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('lists.key')}
            description={t('lists.keyHint')}
            readOnly={list !== null}
            data-autofocus
            {...form.getInputProps('id')}
          />
          <TextInput label={t('lists.titleField')} {...form.getInputProps('title')} />
          <Textarea label={t('lists.description')} autosize minRows={2} {...form.getInputProps('description')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('frame.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
