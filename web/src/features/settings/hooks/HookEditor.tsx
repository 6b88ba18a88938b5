import { Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonText } from '@/api/reasonText';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { SecretPicker } from '@/ui/pickers/SecretPicker';
import { type Draft, draftOf, type Hook, identities, mappingOf, rowProblems } from './draft';
import { FieldRows } from './FieldRows';
import classes from './HookEditor.module.css';
import { PlaceField } from './PlaceField';
import { placesOf } from './places';
import { Sample } from './Sample';
import { useSaveHook } from './useHooks';

const examples = { userId: '/customer/id', email: '/customer/email', phone: '/customer/phone', anonymousId: '/visitor' } as const;

/** Says what of a body becomes what, beside a body that came and what it comes to. */
export function HookEditor({ row, onClose, onMade }: { row: Hook | null; onClose: () => void; onMade: (path: string) => void }) {
  const { t } = useTranslation();
  const save = useSaveHook();
  const [draft, setDraft] = useState(() => draftOf(row));
  const [sample, setSample] = useState<unknown>(undefined);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const places = placesOf(sample);
  const mapping = mappingOf(draft);
  const submit = () => {
    const wrong: Record<string, string> = {};
    if (draft.id.trim() === '') wrong.name = t('settings.needsName');
    for (const field of ['data', 'properties'] as const)
      for (const [at, problem] of rowProblems(draft[field]))
        wrong[`${field}#${at}`] = t(problem === 'unnamed' ? 'settings.needsName' : 'settings.taken');
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    save.mutate(
      {
        id: draft.id.trim(),
        revision: row?.revision ?? null,
        body: {
          title: draft.title.trim() || null,
          mapping,
          signature: draft.kind
            ? { kind: draft.kind, secret: draft.secret, header: draft.kind === 'hmac' ? draft.header.trim() : null }
            : null,
        },
      },
      {
        onSuccess: (hook) => {
          if (hook.path) onMade(hook.path);
          onClose();
        },
        onError: (problem) => {
          const next: Record<string, string> = {};
          for (const reason of problem.reasons)
            next[reason.path.replace(/^\/(mapping\/)?/, '') || 'name'] ??= reasonText(t, reason);
          if (problem.status === 428) next.name = t('settings.taken');
          else if (problem.reasons.length === 0) next.name = problem.message;
          setErrors(next);
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="72rem"
      title={t(row ? 'settings.hooks.edit' : 'settings.hooks.new')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Stack gap="md">
            <TextInput
              label={t('settings.name')}
              description={t('settings.hooks.nameHint')}
              readOnly={row !== null}
              data-autofocus={row === null || undefined}
              value={draft.id}
              error={errors.name}
              onChange={(event) => set({ id: event.currentTarget.value })}
            />
            <TextInput
              label={t('settings.hooks.title')}
              value={draft.title}
              error={errors.title}
              onChange={(event) => set({ title: event.currentTarget.value })}
            />
            <NamePicker
              kind="event"
              label={t('settings.hooks.event')}
              hint={t('settings.hooks.eventHint')}
              value={draft.event || undefined}
              error={errors.event}
              onChange={(event) => set({ event: event ?? '' })}
            />
            <PlaceField
              example="/type"
              label={t('settings.hooks.eventFrom')}
              hint={t('settings.hooks.eventFromHint')}
              places={places}
              value={draft.eventFrom}
              error={errors.eventFrom}
              onChange={(eventFrom) => set({ eventFrom })}
            />
            <Stack gap="xs" role="group" aria-label={t('settings.hooks.identities')}>
              <Text fw={600}>{t('settings.hooks.identities')}</Text>
              <Text size="sm" c="var(--p-ink-2)">
                {t('settings.hooks.identitiesHint')}
              </Text>
              {errors.identities && (
                <Text size="sm" c="var(--p-danger)">
                  {errors.identities}
                </Text>
              )}
              {identities.map((kind) => (
                <PlaceField
                  key={kind}
                  example={examples[kind]}
                  label={t(`settings.hooks.identity.${kind}`)}
                  places={places}
                  value={draft.identities[kind] ?? ''}
                  error={errors[`identities/${kind}`]}
                  onChange={(path) => set({ identities: { ...draft.identities, [kind]: path } })}
                />
              ))}
            </Stack>
            <FieldRows
              title={t('settings.hooks.data')}
              hint={t('settings.hooks.dataHint')}
              field="data"
              rows={draft.data}
              places={places}
              errors={errors}
              onChange={(data) => set({ data })}
            />
            <FieldRows
              title={t('settings.hooks.properties')}
              hint={t('settings.hooks.propertiesHint')}
              field="properties"
              rows={draft.properties}
              places={places}
              errors={errors}
              onChange={(properties) => set({ properties })}
            />
            <PlaceField
              example="/id"
              label={t('settings.hooks.messageId')}
              hint={t('settings.hooks.messageIdHint')}
              places={places}
              value={draft.messageId}
              error={errors.messageId}
              onChange={(messageId) => set({ messageId })}
            />
            <PlaceField
              example="/paid_at"
              label={t('settings.hooks.timestamp')}
              hint={t('settings.hooks.timestampHint')}
              places={places}
              value={draft.timestamp}
              error={errors.timestamp}
              onChange={(timestamp) => set({ timestamp })}
            />
            <Select
              label={t('settings.hooks.signature')}
              description={t('settings.hooks.signatureHint')}
              data={(['', 'standard', 'hmac'] as const).map((value) => ({
                value,
                label: t(`settings.hooks.signed.${value || 'none'}`),
              }))}
              allowDeselect={false}
              value={draft.kind}
              onChange={(kind) => set({ kind: (kind ?? '') as Draft['kind'] })}
            />
            {draft.kind !== '' && (
              <SecretPicker
                label={t('settings.hooks.secret')}
                placeholder={t('settings.hooks.secretChoose')}
                none={t('points.webhook.noSecret')}
                value={draft.secret || undefined}
                error={errors['signature/secret']}
                onChange={(secret) => set({ secret: secret ?? '' })}
              />
            )}
            {draft.kind === 'hmac' && (
              <TextInput
                label={t('settings.hooks.header')}
                placeholder="X-Hub-Signature-256"
                value={draft.header}
                error={errors['signature/header']}
                onChange={(event) => set({ header: event.currentTarget.value })}
              />
            )}
          </Stack>
          <div className={classes.sample}>
            <Sample hook={row?.id ?? null} mapping={mapping} onSample={setSample} />
          </div>
        </SimpleGrid>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('frame.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
