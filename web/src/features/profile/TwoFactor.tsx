import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/session';
import { Card } from '@/ui/Card';
import { Chip } from '@/ui/Chip';
import { BeginTwoFactor } from './BeginTwoFactor';
import { ProveYourself } from './ProveYourself';
import { RecoveryCodes } from './RecoveryCodes';
import { useDisableTwoFactor, useRenewRecoveryCodes } from './useTwoFactor';

type Step = 'none' | 'begin' | 'renew' | 'disable';

/** The second factor: an authenticator app, with recovery codes for the day that the telephone is gone. */
export function TwoFactor({ me }: { me: Me }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>('none');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = useRenewRecoveryCodes();
  const disable = useDisableTwoFactor();
  const over = () => setStep('none');
  const show = (fresh: readonly string[]) => {
    setCodes(fresh);
    over();
  };
  return (
    <Card
      title={t('profile.twoFactor.title')}
      aside={
        <Chip tone={me.twoFactor ? 'success' : 'plain'}>
          {t(me.twoFactor ? 'profile.twoFactor.on' : 'profile.twoFactor.off')}
        </Chip>
      }
    >
      <Text c="var(--p-ink-2)">{t('profile.twoFactor.lead')}</Text>
      {codes && <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />}
      {!codes && !me.twoFactor && step !== 'begin' && (
        <Button mt="md" variant="default" onClick={() => setStep('begin')}>
          {t('profile.twoFactor.begin')}
        </Button>
      )}
      {step === 'begin' && <BeginTwoFactor me={me} onCodes={show} onCancel={over} />}
      {!codes && me.twoFactor && step === 'none' && (
        <>
          <Text size="sm" c="dimmed" mt="sm">
            {t('profile.twoFactor.left', { count: me.recoveryCodesLeft })}
          </Text>
          <Group mt="md">
            <Button variant="default" onClick={() => setStep('renew')}>
              {t('profile.twoFactor.renew')}
            </Button>
            <Button variant="default" c="var(--p-danger)" onClick={() => setStep('disable')}>
              {t('profile.twoFactor.disable')}
            </Button>
          </Group>
        </>
      )}
      {step === 'renew' && (
        <ProveYourself
          me={me}
          withCode
          button={t('profile.twoFactor.renew')}
          order={renew}
          onDone={(answer) => show(answer.recoveryCodes)}
          onCancel={over}
        />
      )}
      {step === 'disable' && (
        <ProveYourself me={me} withCode button={t('profile.twoFactor.disable')} order={disable} onDone={over} onCancel={over} />
      )}
    </Card>
  );
}
