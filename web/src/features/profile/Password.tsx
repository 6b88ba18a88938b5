import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import type { Me } from '@/api/session';
import { Card } from '@/ui/Card';
import { applyReasons } from '@/ui/form/applyReasons';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { usePutMe } from './usePatchMe';

const PASSWORD_MIN = 10;

export function Password({ me }: { me: Me }) {
  const { t } = useTranslation();
  const putMe = usePutMe();
  const change = useMutation<Me, ProblemError, Schemas['PasswordBody']>({
    mutationFn: (body) => take(api.POST('/api/v1/me/password', { body })),
    onSuccess: putMe,
  });
  const form = useForm({
    initialValues: { current: '', password: '', code: '' },
    validate: {
      password: (value) => (value.length < PASSWORD_MIN ? t('session.setUp.passwordShort', { count: PASSWORD_MIN }) : null),
    },
  });
  const submit = form.onSubmit(({ current, password, code }) =>
    change.mutate(
      { password, current: me.hasPassword ? current : null, code: code || null },
      {
        onSuccess: () => {
          form.reset();
          toastSaved(t('profile.password.changed'));
        },
        onError: (problem) => (problem.reasons.length > 0 ? applyReasons(form, problem, t) : toastFailed(t('profile.failed'))),
      },
    ),
  );
  const eye = { 'aria-label': t('session.showPassword') };
  return (
    <Card title={t('profile.password.title')}>
      <form onSubmit={submit}>
        <Stack gap="md" align="stretch">
          <Text c="var(--p-ink-2)">{t(me.hasPassword ? 'profile.password.lead' : 'profile.password.leadFirst')}</Text>
          {me.hasPassword && (
            <PasswordInput
              label={t('profile.password.current')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={eye}
              {...form.getInputProps('current')}
            />
          )}
          <PasswordInput
            label={t('profile.password.next')}
            description={t('session.setUp.passwordHint', { count: PASSWORD_MIN })}
            autoComplete="new-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={eye}
            {...form.getInputProps('password')}
          />
          {me.twoFactor && (
            <TextInput
              label={t('session.code.label')}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              withAsterisk={false}
              {...form.getInputProps('code')}
            />
          )}
          <Button type="submit" variant="default" style={{ alignSelf: 'flex-start' }} loading={change.isPending}>
            {t('profile.password.button')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
