import { Alert, Button, List, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import type { Me } from '@/api/session';
import { isLanguage } from '@/i18n/languages';
import { Failure } from '@/ui/Failure';
import { applyReasons } from '@/ui/form/applyReasons';
import { OutsideFrame } from './OutsideFrame';

const PASSWORD_MIN = 10;

/** The first page of a new installation: who administers it. The link that the server printed proves that it is the right person. */
export function SetUpPage() {
  const { t, i18n } = useTranslation();
  const { token } = useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const state = useQuery({
    queryKey: ['set-up', token],
    queryFn: ({ signal }) => take(api.GET('/api/v1/set-up', { params: { query: token ? { token } : {} }, signal })),
  });
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      password: (value) => (value.length < PASSWORD_MIN ? t('session.setUp.passwordShort', { count: PASSWORD_MIN }) : null),
    },
  });
  const setUp = useMutation<Me, ProblemError, Schemas['SetUpBody']>({
    mutationFn: (body) => take(api.POST('/api/v1/set-up', { body })),
  });
  useDocumentTitle(`${t('session.setUp.title')} · Parcours`);

  const submit = form.onSubmit((values) =>
    setUp.mutate(
      { ...values, token: token ?? null, language: isLanguage(i18n.language) ? i18n.language : null },
      {
        onSuccess: () => {
          client.clear();
          void navigate('/journeys', { replace: true });
        },
        onError: (problem) => applyReasons(form, problem, t),
      },
    ),
  );

  if (state.isError)
    return (
      <OutsideFrame>
        <Failure error={state.error} onRetry={() => void state.refetch()} />
      </OutsideFrame>
    );
  if (!state.isSuccess) return <OutsideFrame>{null}</OutsideFrame>;
  if (!state.data.open || setUp.error?.code === 'set-up.over')
    return (
      <OutsideFrame>
        <Title order={1}>{t('session.over.title')}</Title>
        <Text mt="sm" c="var(--p-ink-2)">
          {t('session.over.text')}
        </Text>
        <Button component={Link} to="/sign-in" mt="lg" variant="default">
          {t('session.signIn.title')}
        </Button>
      </OutsideFrame>
    );
  return (
    <OutsideFrame>
      <Title order={1}>{t('session.setUp.title')}</Title>
      <Text mt="xs" c="var(--p-ink-2)">
        {t('session.setUp.lead')}
      </Text>
      {setUp.error && setUp.error.reasons.length === 0 && (
        <Alert color="red" mt="md" role="alert">
          {t('frame.failure.broken.title')}
        </Alert>
      )}
      <form onSubmit={submit}>
        <Stack gap="md" mt="lg">
          <TextInput label={t('session.name')} autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput
            label={t('session.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('session.password')}
            description={t('session.setUp.passwordHint', { count: PASSWORD_MIN })}
            autoComplete="new-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth mt="xs" loading={setUp.isPending}>
            {t('session.setUp.button')}
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed" mt="lg">
        {t('session.setUp.then')}
      </Text>
      <List size="sm" c="dimmed">
        <List.Item>{t('session.setUp.thenImport')}</List.Item>
        <List.Item>{t('session.setUp.thenJourney')}</List.Item>
        <List.Item>{t('session.setUp.thenSandbox')}</List.Item>
      </List>
    </OutsideFrame>
  );
}
