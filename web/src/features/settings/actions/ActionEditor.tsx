import { Button, Group, JsonInput, Modal, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonText } from '@/api/reasonText';
import { type Action, actionIconNames, iconNamed } from '@/ui/actions/actions';
import { SecretPicker } from '@/ui/pickers/SecretPicker';
import { useSaveAction } from '../useCatalogue';
import { bodyOf, draftOf, languages } from './draft';
import { HeaderRows } from './HeaderRows';
import { InputRows } from './InputRows';
import { OutputRows } from './OutputRows';

const methods = ['post', 'put', 'patch', 'get', 'delete'] as const;

/** Declares an action: what it is called, where it goes, what it asks for and gives back. */
export function ActionEditor({ row, onClose }: { row: Action | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveAction();
  const [draft, setDraft] = useState(() => draftOf(row));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const Icon = iconNamed(draft.icon);
  const sendsBody = draft.method !== 'get' && draft.method !== 'delete';
  const submit = () => {
    const body = bodyOf(draft);
    const wrong: Record<string, string> = {};
    if (draft.id.trim() === '') wrong.name = t('settings.needsName');
    if (body === undefined) wrong.body = t('points.webhook.noJson');
    setErrors(wrong);
    if (body === undefined || wrong.name) return;
    save.mutate(
      { id: draft.id.trim(), revision: row?.revision ?? null, body },
      {
        onSuccess: onClose,
        onError: (problem) => {
          const next: Record<string, string> = {};
          for (const reason of problem.reasons) next[reason.path.replace(/^\//, '') || 'name'] ??= reasonText(t, reason);
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
      size="64rem"
      title={t(row ? 'settings.actionList.edit' : 'settings.actionList.new')}
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
              description={t('settings.actionList.nameHint')}
              readOnly={row !== null}
              data-autofocus={row === null || undefined}
              value={draft.id}
              error={errors.name}
              onChange={(event) => set({ id: event.currentTarget.value })}
            />
            <TextInput
              label={t('settings.actionList.title')}
              value={draft.title}
              error={errors.title}
              onChange={(event) => set({ title: event.currentTarget.value })}
            />
            {languages.map((language) => (
              <TextInput
                key={language}
                label={t(`settings.actionList.titleIn.${language}`)}
                value={draft.titles[language] ?? ''}
                onChange={(event) => set({ titles: { ...draft.titles, [language]: event.currentTarget.value } })}
              />
            ))}
            <Textarea
              label={t('settings.actionList.description')}
              autosize
              minRows={2}
              value={draft.description}
              onChange={(event) => set({ description: event.currentTarget.value })}
            />
            <Select
              label={t('settings.actionList.icon')}
              data={actionIconNames.map((name) => ({ value: name, label: t(`settings.actionList.icons.${name}`) }))}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              renderOption={({ option }) => {
                const One = iconNamed(option.value);
                return (
                  <Group gap="xs">
                    <One size={18} stroke={1.6} aria-hidden />
                    {option.label}
                  </Group>
                );
              }}
              allowDeselect={false}
              searchable
              value={draft.icon}
              onChange={(icon) => set({ icon: icon ?? 'apps' })}
            />
            <Select
              label={t('points.webhook.method')}
              data={methods.map((value) => ({ value, label: value.toUpperCase() }))}
              allowDeselect={false}
              value={draft.method}
              onChange={(method) => set({ method: (method ?? 'post') as (typeof methods)[number] })}
            />
            <TextInput
              label={t('settings.actionList.url')}
              description={t('settings.actionList.urlHint', { example: 'https://crm.example.org/contacts/{{contact.user_id}}' })}
              value={draft.url}
              error={errors.url}
              onChange={(event) => set({ url: event.currentTarget.value })}
            />
            <HeaderRows rows={draft.headers} errors={errors} onChange={(headers) => set({ headers })} />
            {sendsBody && (
              <JsonInput
                label={t('settings.actionList.body')}
                description={t('settings.actionList.bodyHint', { example: '{{input.note}}' })}
                validationError={t('points.webhook.noJson')}
                error={errors.body}
                autosize
                minRows={3}
                value={draft.body}
                onChange={(body) => set({ body })}
              />
            )}
            <SecretPicker
              label={t('points.webhook.signWith')}
              placeholder={t('points.webhook.ours')}
              none={t('points.webhook.noSecret')}
              value={draft.signWith || undefined}
              error={errors.signWith}
              onChange={(signWith) => set({ signWith: signWith ?? '' })}
            />
          </Stack>
          <Stack gap="lg">
            <InputRows rows={draft.inputs} errors={errors} onChange={(inputs) => set({ inputs })} />
            <OutputRows rows={draft.outputs} errors={errors} onChange={(outputs) => set({ outputs })} />
            {row !== null && (
              <Text size="sm" c="var(--p-ink-2)">
                {t('settings.actionList.changeHint')}
              </Text>
            )}
          </Stack>
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
