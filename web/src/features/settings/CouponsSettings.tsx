import { Button, FileInput, Group, NumberInput, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { poolsQuery } from '@/api/queries';
import { reasonText } from '@/api/reasonText';
import { instantOf, localOf } from '@/lib/localTimes';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { DurationField } from '@/ui/pickers/DurationField';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useAddCodes, useDeletePool, useSavePool } from './useCatalogue';

type Pool = Schemas['PoolView'];

/** Pools of codes that journeys give to contacts, each code once. */
export function CouponsSettings() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const pools = useQuery(poolsQuery);
  const remove = useDeletePool();
  const [edited, setEdited] = useState<Pool | 'new' | null>(null);
  const [filled, setFilled] = useState<Pool | null>(null);
  const columns: readonly Column<Pool>[] = [
    {
      key: 'name',
      head: t('settings.name'),
      cell: ({ id, title }) => <RowTitle title={title ?? id} lead={title ? id : undefined} />,
    },
    {
      key: 'left',
      head: t('settings.coupons.left'),
      cell: ({ left, pattern, low }) => (
        <Group gap="4px 8px">
          <span>{left == null ? t('settings.coupons.made') : number(left)}</span>
          {pattern && <code>{pattern}</code>}
          {low && <Chip tone="warning">{t('settings.coupons.low')}</Chip>}
        </Group>
      ),
    },
    { key: 'given', head: t('settings.coupons.given'), numeric: true, wide: true, cell: ({ given }) => number(given) },
    {
      key: 'add',
      head: t('settings.coupons.add'),
      hideHead: true,
      numeric: true,
      wide: true,
      cell: (pool) =>
        pool.pattern ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setFilled(pool)}
          >
            {t('settings.coupons.add')}
          </Button>
        ),
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: (pool) => (
        <RowMenu
          name={pool.title ?? pool.id}
          onEdit={() => setEdited(pool)}
          more={pool.pattern ? [] : [{ text: t('settings.coupons.add'), icon: IconPlus, onClick: () => setFilled(pool) }]}
          removeText={t('settings.delete')}
          removeTitle={t('settings.coupons.deleteTitle', { name: pool.title ?? pool.id })}
          removeWhy={t('settings.coupons.deleteText')}
          used={{ kind: 'pool', name: pool.id }}
          onRemove={() => remove.mutate(pool.id)}
        />
      ),
    },
  ];
  if (pools.isError) return <Failure error={pools.error} onRetry={() => void pools.refetch()} />;
  return (
    <Section lead={t('settings.coupons.lead')} add={t('settings.coupons.new')} onAdd={() => setEdited('new')}>
      <DataTable
        label={t('settings.tabs.coupons')}
        columns={columns}
        rows={pools.data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.coupons.none')} text={t('settings.coupons.noneText')} />}
      />
      {edited && <EditPool pool={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {filled && <AddCodes pool={filled} onClose={() => setFilled(null)} />}
    </Section>
  );
}

/** Days and times are those of whoever sets them. */
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ends = ['never', 'after', 'at'] as const;
type End = (typeof ends)[number];

function EditPool({ pool, onClose }: { pool: Pool | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSavePool();
  const form = useForm({
    initialValues: {
      id: pool?.id ?? '',
      title: pool?.title ?? '',
      made: pool?.pattern ? 'make' : 'upload',
      pattern: pool?.pattern ?? '',
      warnBelow: pool?.warnBelow ?? 100,
      end: (pool?.expiresAt ? 'at' : pool?.expiresAfter ? 'after' : 'never') as End,
      expiresAfter: pool?.expiresAfter ?? 'P30D',
      expiresAt: localOf(pool?.expiresAt ?? undefined, here),
    },
    validate: {
      id: (id) => (id.trim() ? null : t('settings.needsName')),
      expiresAt: (at, { end }) => (end === 'at' && !at ? t('settings.coupons.needsDay') : null),
    },
  });
  const { made, end } = form.values;
  const submit = form.onSubmit(({ id, title, pattern, warnBelow, expiresAfter, expiresAt }) =>
    save.mutate(
      {
        id: id.trim(),
        revision: pool?.revision ?? null,
        body: {
          title: title.trim() || null,
          pattern: made === 'make' ? pattern.trim() : null,
          warnBelow: made === 'make' ? 0 : warnBelow,
          expiresAfter: end === 'after' ? expiresAfter : null,
          expiresAt: end === 'at' ? instantOf(expiresAt, here) : null,
        },
      },
      {
        onSuccess: onClose,
        onError: (problem) => {
          if (problem.status === 428) form.setFieldError('id', t('settings.taken'));
          else if (problem.reasons.length === 0) form.setFieldError('id', problem.message);
          // What no field is called by, as its name in the address, is told at the first.
          for (const reason of problem.reasons) {
            const field = reason.path.split('/')[1] ?? '';
            form.setFieldError(field in form.values ? field : 'id', reasonText(t, reason));
          }
        },
      },
    ),
  );
  return (
    <FormModal
      title={t(pool ? 'settings.coupons.edit' : 'settings.coupons.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.coupons.nameHint')}
        readOnly={pool !== null}
        data-autofocus
        {...form.getInputProps('id')}
      />
      <TextInput label={t('settings.coupons.title')} maxLength={100} {...form.getInputProps('title')} />
      <Stack gap={4}>
        <Text size="sm" fw={500} id="coupons-how">
          {t('settings.coupons.how')}
        </Text>
        <SegmentedControl
          aria-labelledby="coupons-how"
          disabled={pool !== null}
          data={[
            { value: 'upload', label: t('settings.coupons.upload') },
            { value: 'make', label: t('settings.coupons.make') },
          ]}
          {...form.getInputProps('made')}
        />
      </Stack>
      {made === 'make' ? (
        <TextInput
          label={t('settings.coupons.pattern')}
          description={t('settings.coupons.patternHint')}
          readOnly={pool !== null}
          {...form.getInputProps('pattern')}
        />
      ) : (
        <NumberInput
          label={t('settings.coupons.warnBelow')}
          description={t('settings.coupons.warnBelowHint')}
          min={0}
          allowDecimal={false}
          {...form.getInputProps('warnBelow')}
        />
      )}
      <Select
        label={t('settings.coupons.expires')}
        data={[
          { value: 'never', label: t('settings.coupons.expiresNever') },
          { value: 'after', label: t('settings.coupons.expiresAfterChoice') },
          { value: 'at', label: t('settings.coupons.expiresAtChoice') },
        ]}
        allowDeselect={false}
        {...form.getInputProps('end')}
      />
      {end === 'after' && (
        <DurationField
          label={t('settings.coupons.expiresAfter')}
          value={form.values.expiresAfter}
          error={form.errors.expiresAfter}
          onChange={(expiresAfter) => form.setFieldValue('expiresAfter', expiresAfter)}
        />
      )}
      {end === 'at' && (
        <TextInput type="datetime-local" label={t('settings.coupons.expiresAt')} {...form.getInputProps('expiresAt')} />
      )}
    </FormModal>
  );
}

function AddCodes({ pool, onClose }: { pool: Pool; onClose: () => void }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const add = useAddCodes();
  const [codes, setCodes] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const done = add.data;
  const some = (list: readonly string[]) => `${list.slice(0, 10).join(', ')}${list.length > 10 ? ' …' : ''}`;
  return (
    <FormModal
      title={t('settings.coupons.addTitle', { name: pool.title ?? pool.id })}
      opened
      onClose={onClose}
      busy={add.isPending}
      button={t('settings.coupons.addButton')}
      onSubmit={(event) => {
        event?.preventDefault();
        setWrong(null);
        add.mutate(
          { id: pool.id, codes },
          {
            onSuccess: () => setCodes(''),
            onError: (problem) => setWrong(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
          },
        );
      }}
    >
      {done && (
        <Stack gap={4} role="status">
          <Text>{t('settings.coupons.added', { count: done.added, number: number(done.added) })}</Text>
          {done.duplicates > 0 && (
            <Text c="var(--p-ink-2)" size="sm">
              {t('settings.coupons.duplicates', {
                count: done.duplicates,
                number: number(done.duplicates),
                codes: some(done.duplicateCodes),
              })}
            </Text>
          )}
          {done.wrong > 0 && (
            <Text c="var(--p-danger)" size="sm">
              {t('settings.coupons.wrong', { count: done.wrong, number: number(done.wrong), codes: some(done.wrongLines) })}
            </Text>
          )}
        </Stack>
      )}
      <Textarea
        label={t('settings.coupons.codes')}
        description={t('settings.coupons.codesHint')}
        autosize
        minRows={6}
        maxRows={14}
        value={codes}
        error={wrong}
        data-autofocus
        onChange={(event) => setCodes(event.currentTarget.value)}
      />
      <FileInput
        label={t('settings.coupons.file')}
        accept=".csv,.txt,text/csv,text/plain"
        leftSection={<IconUpload size={16} aria-hidden />}
        value={null}
        onChange={async (file) => file && setCodes(await file.text())}
      />
    </FormModal>
  );
}
