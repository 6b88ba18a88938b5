import { SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/session';
import { changeLanguage } from '@/i18n';
import { isLanguage, LANGUAGES, languageNames } from '@/i18n/languages';
import { Card } from '@/ui/Card';
import { applyReasons } from '@/ui/form/applyReasons';
import { SaveBar } from '@/ui/form/SaveBar';
import { LetterKeysSwitch } from '@/ui/LetterKeysSwitch';
import { toastSaved } from '@/ui/toasts';
import { usePatchMe } from './usePatchMe';

/** Name, language and theme; they go with the person to every browser. */
export function Person({ me }: { me: Me }) {
  const { t, i18n } = useTranslation();
  const patch = usePatchMe();
  const themeLabel = useId();
  const form = useForm({ initialValues: { name: me.name ?? '', language: me.language ?? '', theme: me.theme } });
  const submit = form.onSubmit((values) =>
    patch.mutate(values, {
      onSuccess: async () => {
        if (isLanguage(values.language)) await changeLanguage(values.language);
        form.resetDirty();
        toastSaved(i18n.t('profile.saved'));
      },
      onError: (problem) => applyReasons(form, problem, t),
    }),
  );
  return (
    <Card title={t('profile.person.title')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('profile.person.name')}
            description={t('profile.person.nameHint')}
            autoComplete="name"
            {...form.getInputProps('name')}
          />
          <TextInput label={t('profile.person.email')} value={me.email} readOnly description={t('profile.person.emailHint')} />
          <Select
            label={t('profile.person.language')}
            allowDeselect={false}
            data={[
              { value: '', label: t('profile.person.asBrowser') },
              ...LANGUAGES.map((language) => ({ value: language as string, label: languageNames[language] })),
            ]}
            {...form.getInputProps('language')}
          />
          <div>
            <Text component="span" id={themeLabel} size="sm" fw={500} display="block" mb={4}>
              {t('profile.person.theme')}
            </Text>
            <SegmentedControl
              aria-labelledby={themeLabel}
              data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`profile.theme.${value}`) }))}
              {...form.getInputProps('theme')}
            />
          </div>
          <LetterKeysSwitch />
        </Stack>
        <SaveBar dirty={form.isDirty()} busy={patch.isPending} onCancel={() => form.reset()} />
      </form>
    </Card>
  );
}
