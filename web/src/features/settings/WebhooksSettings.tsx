import { Button, Code, CopyButton, Group, PasswordInput, Skeleton, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { secretsQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { confirm } from '@/ui/confirm';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { applyReasons } from '@/ui/form/applyReasons';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useDeleteSecret, useRotateSigning, useSaveSecret } from './useCatalogue';

type Row = Schemas['StoredSecretView'];

/** What webhooks carry and sign with, and no journey may show. */
export function WebhooksSettings() {
  const { t } = useTranslation();
  const { date } = useFormats();
  const secrets = useQuery(secretsQuery);
  const remove = useDeleteSecret();
  const [edited, setEdited] = useState<string | null>(null);
  const columns: readonly Column<Row>[] = [
    { key: 'name', head: t('settings.name'), cell: ({ name }) => <RowTitle title={name} /> },
    { key: 'since', head: t('settings.since'), wide: true, numeric: true, width: 140, cell: ({ updatedAt }) => date(updatedAt) },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: ({ name }) => (
        <RowMenu
          name={name}
          onEdit={() => setEdited(name)}
          removeText={t('settings.delete')}
          removeTitle={t('settings.webhooks.deleteTitle', { name })}
          removeWhy={t('settings.webhooks.deleteText')}
          used={{ kind: 'secret', name }}
          onRemove={() => remove.mutate(name)}
        />
      ),
    },
  ];
  if (secrets.isError) return <Failure error={secrets.error} onRetry={() => void secrets.refetch()} />;
  return (
    <>
      <Signing />
      <Title order={2} mt="xl" mb="sm">
        {t('settings.webhooks.secrets')}
      </Title>
      <Section lead={t('settings.webhooks.lead')} add={t('settings.webhooks.new')} onAdd={() => setEdited('')}>
        <DataTable
          label={t('settings.webhooks.secrets')}
          columns={columns}
          rows={secrets.data}
          rowKey={({ name }) => name}
          empty={<Empty title={t('settings.webhooks.none')} text={t('settings.webhooks.noneText')} />}
        />
        {edited !== null && <EditSecret name={edited} onClose={() => setEdited(null)} />}
      </Section>
    </>
  );
}

/** By what receivers know that a request is ours. */
function Signing() {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const [shown, setShown] = useState(false);
  const signing = useQuery({
    queryKey: ['signing'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/webhooks/signing', { signal })),
  });
  const rotate = useRotateSigning();
  if (signing.isError) return <Failure error={signing.error} onRetry={() => void signing.refetch()} />;
  if (!signing.data) return <Skeleton height={120} />;
  const { secret, previousUntil } = signing.data;
  return (
    <Card title={t('settings.webhooks.signing')}>
      <Text c="var(--p-ink-2)" maw={640} mb="sm">
        {t('settings.webhooks.signingText')}
      </Text>
      <Code block>{shown ? secret : `${secret.slice(0, 6)}${'•'.repeat(20)}`}</Code>
      {previousUntil && (
        <Text size="sm" mt="xs">
          {t('settings.webhooks.previous', { at: dateTime(previousUntil) })}
        </Text>
      )}
      <Group mt="sm" gap="xs">
        <Button variant="default" onClick={() => setShown(!shown)}>
          {t(shown ? 'settings.webhooks.hide' : 'settings.webhooks.show')}
        </Button>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'frame.copied' : 'settings.webhooks.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          loading={rotate.isPending}
          onClick={() =>
            confirm({
              title: t('settings.webhooks.rotateTitle'),
              text: t('settings.webhooks.rotateText'),
              button: t('settings.webhooks.rotate'),
              cancel: t('frame.cancel'),
              onConfirm: () => rotate.mutate(),
            })
          }
        >
          {t('settings.webhooks.rotate')}
        </Button>
      </Group>
    </Card>
  );
}

function EditSecret({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveSecret();
  const form = useForm({
    initialValues: { name, value: '' },
    validate: {
      name: (text) => (text.trim() ? null : t('settings.needsName')),
      value: (text) => (text ? null : t('settings.webhooks.needsValue')),
    },
  });
  const submit = form.onSubmit((secret) =>
    save.mutate(secret, { onSuccess: onClose, onError: (problem) => applyReasons(form, problem, t) }),
  );
  return (
    <FormModal
      title={t(name ? 'settings.webhooks.replace' : 'settings.webhooks.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.webhooks.nameHint')}
        readOnly={name !== ''}
        data-autofocus={name === '' || undefined}
        {...form.getInputProps('name')}
      />
      <PasswordInput
        label={t('settings.webhooks.value')}
        description={t('settings.webhooks.valueHint')}
        autoComplete="off"
        data-autofocus={name !== '' || undefined}
        visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        {...form.getInputProps('value')}
      />
    </FormModal>
  );
}
