import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import type { Me } from '@/api/session';
import { applyReasons } from '@/ui/form/applyReasons';
import { toastFailed } from '@/ui/toasts';

interface Props<Answer> {
  me: Me;
  /** The code of the app too; without, the password alone. */
  withCode: boolean;
  button: string;
  order: UseMutationResult<Answer, ProblemError, Schemas['ProofBody']>;
  onDone: (answer: Answer) => void;
  onCancel: () => void;
}

/** It is you, and not somebody who found your browser open. */
export function ProveYourself<Answer>({ me, withCode, button, order, onDone, onCancel }: Props<Answer>) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { password: '', code: '' } });
  const submit = form.onSubmit(({ password, code }) =>
    order.mutate(
      { password: password || null, code: code || null },
      {
        onSuccess: onDone,
        onError: (problem) => (problem.reasons.length > 0 ? applyReasons(form, problem, t) : toastFailed(t('profile.failed'))),
      },
    ),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md" mt="md">
        {me.hasPassword && (
          <PasswordInput
            label={t('session.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
            {...form.getInputProps('password')}
          />
        )}
        {withCode && (
          <TextInput
            label={t('session.code.label')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            {...form.getInputProps('code')}
          />
        )}
        <Group>
          <Button type="submit" loading={order.isPending}>
            {button}
          </Button>
          <Button variant="subtle" color="gray" onClick={onCancel}>
            {t('frame.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
