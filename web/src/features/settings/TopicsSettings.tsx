import { Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { topicsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useDeleteTopic, useSaveTopic } from './useCatalogue';

type Row = Schemas['DocumentViewOfTopicBody'];

/** What contacts consent to, and what it means that nobody asked them yet. */
export function TopicsSettings() {
  const { t } = useTranslation();
  const topics = useQuery(topicsQuery);
  const remove = useDeleteTopic();
  const [edited, setEdited] = useState<Row | 'new' | null>(null);
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      head: t('settings.name'),
      cell: ({ id, value }) => <RowTitle title={value?.title ?? id} lead={value?.title ? id : undefined} />,
    },
    {
      key: 'unknown',
      head: t('settings.topics.whenUnknown'),
      cell: ({ value }) => (value ? t(`settings.topics.${value.whenUnknown ?? 'needsGiven'}`) : '–'),
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (row) => (
        <RowMenu
          name={row.value?.title ?? row.id}
          onEdit={() => setEdited(row)}
          removeText={t('settings.delete')}
          removeTitle={t('settings.topics.deleteTitle', { name: row.value?.title ?? row.id })}
          removeWhy={t('settings.topics.deleteText')}
          used={{ kind: 'topic', name: row.id }}
          onRemove={() => remove.mutate(row.id)}
        />
      ),
    },
  ];
  if (topics.isError) return <Failure error={topics.error} onRetry={() => void topics.refetch()} />;
  return (
    <Section lead={t('settings.topics.lead')} add={t('settings.topics.new')} onAdd={() => setEdited('new')}>
      <DataTable
        label={t('settings.tabs.topics')}
        columns={columns}
        rows={topics.data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.topics.none')} text={t('settings.topics.noneText')} />}
      />
      {edited && <EditTopic row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function EditTopic({ row, onClose }: { row: Row | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTopic();
  const form = useForm({
    initialValues: {
      id: row?.id ?? '',
      title: row?.value?.title ?? '',
      whenUnknown: row?.value?.whenUnknown ?? ('needsGiven' as Schemas['ApiUnknownConsent']),
    },
    validate: { id: (id) => (id.trim() ? null : t('settings.needsName')) },
  });
  const submit = form.onSubmit(({ id, title, whenUnknown }) =>
    save.mutate(
      { id: id.trim(), revision: row?.revision ?? null, body: { title: title.trim() || null, whenUnknown } },
      {
        onSuccess: onClose,
        onError: (problem) =>
          form.setFieldError(
            'id',
            problem.status === 428
              ? t('settings.taken')
              : problem.reasons[0]
                ? reasonText(t, problem.reasons[0])
                : problem.message,
          ),
      },
    ),
  );
  return (
    <FormModal
      title={t(row ? 'settings.topics.edit' : 'settings.topics.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.topics.nameHint')}
        readOnly={row !== null}
        data-autofocus
        {...form.getInputProps('id')}
      />
      <TextInput
        label={t('settings.topics.title')}
        description={t('settings.topics.titleHint')}
        {...form.getInputProps('title')}
      />
      <Radio.Group label={t('settings.topics.whenUnknown')} {...form.getInputProps('whenUnknown')}>
        <Stack gap="xs" mt={4}>
          <Radio value="needsGiven" label={t('settings.topics.needsGiven')} description={t('settings.topics.needsGivenHint')} />
          <Radio
            value="unlessRefused"
            label={t('settings.topics.unlessRefused')}
            description={t('settings.topics.unlessRefusedHint')}
          />
        </Stack>
      </Radio.Group>
    </FormModal>
  );
}
