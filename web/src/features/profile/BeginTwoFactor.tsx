import { Anchor, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { reasonText } from '@/api/reasonText';
import type { Me } from '@/api/session';
import classes from './BeginTwoFactor.module.css';
import { ProveYourself } from './ProveYourself';
import { useBeginTwoFactor, useConfirmTwoFactor } from './useTwoFactor';

/** Password, then the picture for the app, then the first code: only that puts it in force. */
export function BeginTwoFactor({
  me,
  onCodes,
  onCancel,
}: {
  me: Me;
  onCodes: (codes: readonly string[]) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const begin = useBeginTwoFactor();
  const confirm = useConfirmTwoFactor();
  const form = useForm({ initialValues: { code: '' } });
  if (!begin.data)
    return (
      <ProveYourself
        me={me}
        withCode={false}
        button={t('profile.twoFactor.next')}
        order={begin}
        onDone={() => undefined}
        onCancel={onCancel}
      />
    );

  const { secret, uri, qr } = begin.data;
  const submit = form.onSubmit(({ code }) =>
    confirm.mutate(code.replaceAll(/\s/g, ''), {
      onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
      onError: (problem) =>
        form.setFieldError('code', problem.reasons[0] ? reasonText(t, problem.reasons[0]) : t('profile.failed')),
    }),
  );
  return (
    <Stack gap="md" mt="md">
      <Text>{t('profile.twoFactor.scan')}</Text>
      {/* As a picture the code can neither run nor load anything. */}
      <img
        className={classes.qr}
        src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
        alt={t('profile.twoFactor.qr')}
        width={196}
        height={196}
      />
      <Text size="sm">
        <Anchor href={uri}>{t('profile.twoFactor.open')}</Anchor>
      </Text>
      <Text size="sm" c="dimmed">
        {t('profile.twoFactor.byHand')} <Code className={classes.secret}>{secret}</Code>
      </Text>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('session.code.label')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            autoFocus
            maw={240}
            {...form.getInputProps('code')}
          />
          <Group>
            <Button type="submit" loading={confirm.isPending}>
              {t('profile.twoFactor.confirm')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onCancel}>
              {t('frame.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
