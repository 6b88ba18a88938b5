import { Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { propertiesQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { Tag } from '@/ui/Tag';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useDeleteProperty, useSaveProperty } from './useCatalogue';

type Row = Schemas['DocumentViewOfPropertyBody'];
const TYPES = ['any', 'text', 'number', 'boolean', 'date', 'dateTime', 'choice', 'choices'] as const;

/** What is known of contacts: a declared property has a type, which is held wherever values come from. */
export function PropertiesSettings() {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery);
  const remove = useDeleteProperty();
  const [edited, setEdited] = useState<Row | 'new' | null>(null);
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      head: t('settings.name'),
      cell: ({ id, value }) => <RowTitle title={value?.title ?? id} lead={value?.title ? id : undefined} />,
    },
    {
      key: 'type',
      head: t('settings.properties.type'),
      width: 150,
      cell: ({ value }) => (value ? t(`settings.type.${value.type ?? 'any'}`) : '–'),
    },
    {
      key: 'flags',
      head: t('settings.properties.flags'),
      wide: true,
      cell: ({ value }) => (
        <>
          {value?.public && <Tag>{t('settings.properties.public')}</Tag>}{' '}
          {value?.sensitive && <Tag>{t('settings.properties.sensitive')}</Tag>}{' '}
          {value?.unique && <Tag>{t('settings.properties.unique')}</Tag>}
        </>
      ),
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
          removeTitle={t('settings.properties.deleteTitle', { name: row.id })}
          removeWhy={t('settings.properties.deleteText')}
          used={{ kind: 'property', name: row.id }}
          onRemove={() => remove.mutate(row.id)}
        />
      ),
    },
  ];
  if (properties.isError) return <Failure error={properties.error} onRetry={() => void properties.refetch()} />;
  return (
    <Section lead={t('settings.properties.lead')} add={t('settings.properties.new')} onAdd={() => setEdited('new')}>
      <DataTable
        label={t('settings.tabs.properties')}
        columns={columns}
        rows={properties.data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.properties.none')} text={t('settings.properties.noneText')} />}
      />
      {edited && <EditProperty row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function EditProperty({ row, onClose }: { row: Row | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveProperty();
  const value = row?.value;
  const form = useForm({
    initialValues: {
      id: row?.id ?? '',
      title: value?.title ?? '',
      type: value?.type ?? ('text' as Schemas['ApiPropertyType']),
      choices: value?.choices ?? ([] as string[]),
      public: value?.public ?? false,
      sensitive: value?.sensitive ?? false,
    },
    validate: { id: (id) => (id.trim() ? null : t('settings.needsName')) },
  });
  const choice = form.values.type === 'choice' || form.values.type === 'choices';
  const submit = form.onSubmit(({ id, title, choices, ...body }) =>
    save.mutate(
      {
        id: id.trim(),
        revision: row?.revision ?? null,
        body: { ...body, unique: value?.unique ?? false, title: title.trim() || null, choices: choice ? choices : null },
      },
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
      title={t(row ? 'settings.properties.edit' : 'settings.properties.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.properties.nameHint')}
        readOnly={row !== null}
        data-autofocus
        {...form.getInputProps('id')}
      />
      <TextInput label={t('settings.properties.title')} {...form.getInputProps('title')} />
      <Select
        label={t('settings.properties.type')}
        allowDeselect={false}
        data={TYPES.map((type) => ({ value: type, label: t(`settings.type.${type}`) }))}
        {...form.getInputProps('type')}
      />
      {choice && <TagsInput label={t('settings.properties.choices')} {...form.getInputProps('choices')} />}
      <Switch
        label={t('settings.properties.public')}
        description={t('settings.properties.publicHint')}
        {...form.getInputProps('public', { type: 'checkbox' })}
      />
      <Switch
        label={t('settings.properties.sensitive')}
        description={t('settings.properties.sensitiveHint')}
        {...form.getInputProps('sensitive', { type: 'checkbox' })}
      />
    </FormModal>
  );
}
