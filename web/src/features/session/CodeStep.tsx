import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The second factor: six digits of the app, or one of the recovery codes for whoever lost the telephone. */
export function CodeStep({
  busy,
  onCode,
  onBack,
}: {
  busy: boolean;
  onCode: (code: { code?: string; recoveryCode?: string }) => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const [recovering, setRecovering] = useState(false);
  const form = useForm({ initialValues: { code: '' } });
  return (
    <form
      onSubmit={form.onSubmit(({ code }) =>
        onCode(recovering ? { recoveryCode: code.trim() } : { code: code.replaceAll(/\s/g, '') }),
      )}
    >
      <Stack gap="md" mt="sm">
        <Text c="var(--p-ink-2)">{t(recovering ? 'session.code.recoveryLead' : 'session.code.lead')}</Text>
        <TextInput
          key={String(recovering)}
          label={t(recovering ? 'session.code.recovery' : 'session.code.label')}
          inputMode={recovering ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps('code')}
        />
        <Button type="submit" fullWidth loading={busy}>
          {t('session.signIn.button')}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={() => setRecovering(!recovering)}>
          {t(recovering ? 'session.code.useApp' : 'session.code.useRecovery')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {t('session.code.back')}
        </Anchor>
      </Stack>
    </form>
  );
}
