import { NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { capsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { durationText } from '@/lib/durations';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { DurationField } from '@/ui/pickers/DurationField';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useDeleteCap, useSaveCap } from './useCatalogue';

type Row = Schemas['DocumentViewOfCapBody'];

/** How much marketing a contact gets at most, from all journeys together. */
export function CapsSettings() {
  const { t } = useTranslation();
  const { language } = useSay();
  const { number } = useFormats();
  const caps = useQuery(capsQuery);
  const remove = useDeleteCap();
  const [edited, setEdited] = useState<Row | 'new' | null>(null);
  const columns: readonly Column<Row>[] = [
    { key: 'name', head: t('settings.name'), cell: ({ id }) => <RowTitle title={id} /> },
    {
      key: 'says',
      head: t('settings.caps.says'),
      cell: ({ value }) =>
        value
          ? t('settings.caps.sentence', {
              count: value.most,
              most: number(value.most),
              within: durationText(language, value.within),
              topic: value.topic && value.topic !== '*' ? value.topic : t('settings.caps.allTopics'),
            })
          : '–',
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (row) => (
        <RowMenu
          name={row.id}
          onEdit={() => setEdited(row)}
          removeText={t('settings.delete')}
          removeTitle={t('settings.caps.deleteTitle', { name: row.id })}
          removeWhy={t('settings.caps.deleteText')}
          onRemove={() => remove.mutate(row.id)}
        />
      ),
    },
  ];
  if (caps.isError) return <Failure error={caps.error} onRetry={() => void caps.refetch()} />;
  return (
    <Section lead={t('settings.caps.lead')} add={t('settings.caps.new')} onAdd={() => setEdited('new')}>
      <DataTable
        label={t('settings.tabs.caps')}
        columns={columns}
        rows={caps.data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.caps.none')} text={t('settings.caps.noneText')} />}
      />
      {edited && <EditCap row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function EditCap({ row, onClose }: { row: Row | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveCap();
  const form = useForm({
    initialValues: {
      id: row?.id ?? '',
      most: row?.value?.most ?? 3,
      within: row?.value?.within ?? 'P7D',
      topic: row?.value?.topic && row.value.topic !== '*' ? row.value.topic : '',
    },
    validate: { id: (id) => (id.trim() ? null : t('settings.needsName')) },
  });
  const submit = form.onSubmit(({ id, most, within, topic }) =>
    save.mutate(
      { id: id.trim(), revision: row?.revision ?? null, body: { channel: 'email', topic: topic || null, most, within } },
      {
        onSuccess: onClose,
        onError: (problem) => {
          if (problem.status === 428) form.setFieldError('id', t('settings.taken'));
          else if (problem.reasons.length === 0) form.setFieldError('id', problem.message);
          for (const reason of problem.reasons) form.setFieldError(reason.path.slice(1) || 'id', reasonText(t, reason));
        },
      },
    ),
  );
  return (
    <FormModal
      title={t(row ? 'settings.caps.edit' : 'settings.caps.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.caps.nameHint')}
        readOnly={row !== null}
        data-autofocus
        {...form.getInputProps('id')}
      />
      <NumberInput label={t('settings.caps.most')} min={1} max={1000} allowDecimal={false} {...form.getInputProps('most')} />
      <DurationField
        label={t('settings.caps.within')}
        hint={t('settings.caps.withinHint')}
        value={form.values.within}
        error={form.errors.within}
        onChange={(within) => form.setFieldValue('within', within)}
      />
      <NamePicker
        kind="topic"
        label={t('settings.caps.topic')}
        placeholder={t('settings.caps.allTopics')}
        clearable
        value={form.values.topic || undefined}
        error={form.errors.topic as string | undefined}
        onChange={(topic) => form.setFieldValue('topic', topic ?? '')}
      />
    </FormModal>
  );
}
