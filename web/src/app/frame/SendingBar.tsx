import { Button, Radio, Stack, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { FormModal } from '@/features/settings/FormModal';
import { useAct } from '@/features/settings/useAct';
import { useFormats } from '@/lib/useFormats';
import classes from './SendingBar.module.css';

const askMs = 30_000;

/** While sending is held everybody is told, and whoever may decide lets it go: after a restore nobody knows what was sent since the backup. */
export function SendingBar() {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const [asked, setAsked] = useState(false);
  const [waiting, setWaiting] = useState<'keep' | 'discard'>('keep');
  const { data } = useQuery({
    queryKey: ['sending'],
    staleTime: 10_000,
    refetchInterval: askMs,
    queryFn: ({ signal }) => take(api.GET('/api/v1/sending', { signal })),
  });
  const release = useAct(
    'sending',
    (discard: boolean) => take(api.POST('/api/v1/sending/release', { params: { query: { discard } } })),
    t('frame.sending.done'),
  );
  if (!data?.held) return null;
  const restored = data.why === 'restored';
  return (
    <div className={classes.bar} role="status">
      <IconPlayerPause size={16} stroke={1.6} aria-hidden className={classes.icon} />
      <span className={classes.text}>
        {restored && data.since ? t('frame.sending.restored', { at: dateTime(data.since) }) : t('frame.sending.held')}{' '}
        {data.waiting > 0 && t('frame.sending.waiting', { count: data.waiting, number: number(data.waiting) })}
      </span>
      <Button variant="default" size="compact-sm" flex="none" onClick={() => setAsked(true)}>
        {t('frame.sending.release')}
      </Button>
      <FormModal
        title={t('frame.sending.title')}
        opened={asked}
        onClose={() => setAsked(false)}
        busy={release.isPending}
        button={t('frame.sending.button')}
        onSubmit={(event) => {
          event?.preventDefault();
          release.mutate(waiting === 'discard', { onSuccess: () => setAsked(false) });
        }}
      >
        <Text size="sm">{t(restored ? 'frame.sending.text' : 'frame.sending.textOrdered')}</Text>
        <Radio.Group
          aria-label={t('frame.sending.title')}
          value={waiting}
          onChange={(next) => setWaiting(next as 'keep' | 'discard')}
        >
          <Stack gap="sm">
            <Radio value="keep" label={t('frame.sending.keep')} description={t('frame.sending.keepHint')} />
            <Radio value="discard" label={t('frame.sending.discard')} description={t('frame.sending.discardHint')} />
          </Stack>
        </Radio.Group>
      </FormModal>
    </div>
  );
}
