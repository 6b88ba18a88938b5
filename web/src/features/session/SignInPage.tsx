import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { CodeStep } from './CodeStep';
import { OutsideFrame } from './OutsideFrame';
import { ownPath } from './ownPath';
import { type Credentials, useSignIn } from './useSignIn';

/** Address and password, then, where the account asks for it, the code of the authenticator app. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const client = useQueryClient();
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  const signIn = useSignIn();
  const form = useForm({ initialValues: { email: '', password: '' } });
  useDocumentTitle(`${t('session.signIn.title')} · Parcours`);

  const attempt = (order: Credentials) =>
    signIn.mutate(order, {
      onSuccess: () => {
        client.clear();
        void navigate(ownPath(search.get('back')), { replace: true });
      },
      onError: (error) => {
        if (error.code === 'sign-in.code-needed') setCredentials(order);
      },
    });

  const problem = signIn.error && signIn.error.code !== 'sign-in.code-needed' ? signIn.error : null;
  return (
    <OutsideFrame>
      <Title order={1}>{t('session.signIn.title')}</Title>
      {problem && (
        <Alert color="red" mt="md" role="alert">
          {t(reasonOf(problem.code))}
        </Alert>
      )}
      {credentials ? (
        <CodeStep
          busy={signIn.isPending}
          onCode={(code) => attempt({ ...credentials, ...code })}
          onBack={() => setCredentials(null)}
        />
      ) : (
        <form onSubmit={form.onSubmit(attempt)}>
          <Stack gap="md" mt="lg">
            <TextInput
              label={t('session.email')}
              type="email"
              autoComplete="username"
              required
              autoFocus
              withAsterisk={false}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={t('session.password')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
              {...form.getInputProps('password')}
            />
            <Button type="submit" fullWidth mt="xs" loading={signIn.isPending}>
              {t('session.signIn.button')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('session.signIn.forgotten')}
            </Text>
          </Stack>
        </form>
      )}
    </OutsideFrame>
  );
}

function reasonOf(code: string) {
  switch (code) {
    case 'sign-in.wrong':
      return 'session.signIn.wrong' as const;
    case 'sign-in.code-wrong':
      return 'session.signIn.codeWrong' as const;
    case 'sign-in.locked':
      return 'session.signIn.locked' as const;
    case 'unreachable':
      return 'frame.failure.unreachable.title' as const;
    default:
      return 'frame.failure.broken.title' as const;
  }
}
