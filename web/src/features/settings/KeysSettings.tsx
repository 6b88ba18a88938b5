import { Alert, Button, Code, CopyButton, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { applyReasons } from '@/ui/form/applyReasons';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { FormModal } from './FormModal';
import { RowMenu } from './RowMenu';
import { Section } from './Section';
import { useMakeKey, useRevokeKey } from './useCatalogue';

type Row = Schemas['KeyView'];
const SCOPES = ['intake', 'public', 'read', 'admin'] as const;

/** Keys for programs. One is shown once, when it is made. */
export function KeysSettings() {
  const { t } = useTranslation();
  const { date } = useFormats();
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/keys', { params: { query: { limit: 500 } }, signal })),
  });
  const revoke = useRevokeKey();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      head: t('settings.name'),
      cell: ({ name, tail }) => <RowTitle title={name} lead={t('settings.keys.tail', { tail })} />,
    },
    { key: 'scope', head: t('settings.keys.scope'), cell: ({ scope }) => t(`settings.scope.${scope}.name`) },
    {
      key: 'state',
      head: t('settings.keys.state'),
      wide: true,
      width: 120,
      cell: ({ revokedAt }) => (
        <Chip tone={revokedAt ? 'outline' : 'success'}>{t(revokedAt ? 'settings.keys.isRevoked' : 'settings.keys.works')}</Chip>
      ),
    },
    { key: 'since', head: t('settings.since'), wide: true, numeric: true, width: 140, cell: ({ createdAt }) => date(createdAt) },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: ({ id, name, revokedAt }) =>
        revokedAt ? null : (
          <RowMenu
            name={name}
            removeText={t('settings.keys.revoke')}
            removeTitle={t('settings.keys.revokeTitle', { name })}
            removeWhy={t('settings.keys.revokeText')}
            onRemove={() => revoke.mutate(id)}
          />
        ),
    },
  ];
  if (keys.isError) return <Failure error={keys.error} onRetry={() => void keys.refetch()} />;
  return (
    <Section lead={t('settings.keys.lead')} add={t('settings.keys.new')} onAdd={() => setAdding(true)}>
      {made && <MadeKey secret={made} onDone={() => setMade(null)} />}
      <DataTable
        label={t('settings.tabs.keys')}
        columns={columns}
        rows={keys.data?.items}
        rowKey={({ id }) => id}
        empty={<Empty title={t('settings.keys.none')} text={t('settings.keys.noneText')} />}
      />
      {adding && <MakeKey onClose={() => setAdding(false)} onMade={setMade} />}
    </Section>
  );
}

function MadeKey({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="accent" mb="md" title={t('settings.keys.madeTitle')}>
      <Text mb="xs">{t('settings.keys.madeText')}</Text>
      <Code block>{secret}</Code>
      <Group mt="sm" gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'frame.copied' : 'settings.keys.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t('settings.keys.kept')}</Button>
      </Group>
    </Alert>
  );
}

function MakeKey({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { t } = useTranslation();
  const make = useMakeKey();
  const form = useForm({
    initialValues: { name: '', scope: 'intake' as Schemas['KeyScope'] },
    validate: { name: (name) => (name.trim() ? null : t('settings.needsName')) },
  });
  const submit = form.onSubmit((body) =>
    make.mutate(body, {
      onSuccess: ({ key }) => {
        if (key) onMade(key);
        onClose();
      },
      onError: (problem) => applyReasons(form, problem, t),
    }),
  );
  return (
    <FormModal
      title={t('settings.keys.new')}
      opened
      onClose={onClose}
      onSubmit={submit}
      busy={make.isPending}
      button={t('settings.keys.make')}
    >
      <TextInput
        label={t('settings.name')}
        description={t('settings.keys.nameHint')}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Radio.Group label={t('settings.keys.scope')} {...form.getInputProps('scope')}>
        <Stack gap="xs" mt={4}>
          {SCOPES.map((scope) => (
            <Radio
              key={scope}
              value={scope}
              label={t(`settings.scope.${scope}.name`)}
              description={t(`settings.scope.${scope}.text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </FormModal>
  );
}
