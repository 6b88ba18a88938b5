import { Checkbox, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { Card } from '@/ui/Card';
import { Notice } from '@/ui/Notice';
import { toastFailed, toastSaved } from '@/ui/toasts';

type Wishes = Schemas['NoticeMailView'];

const kinds = ['journey', 'task', 'approval', 'alert'] as const;
const key = ['notification-mail'];

/** Which notifications come by mail, too: each choice holds at once. */
export function MailedNotices() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const wishes = useQuery({ queryKey: key, queryFn: () => take(api.GET('/api/v1/me/notifications/mail')) }).data;
  const save = useMutation<Wishes, ProblemError, Schemas['NoticeMailBody']>({
    mutationFn: (body) => take(api.PUT('/api/v1/me/notifications/mail', { body })),
    onSuccess: (saved) => {
      client.setQueryData(key, saved);
      toastSaved(t('profile.mail.saved'));
    },
    onError: (problem) => toastFailed(problem.message),
  });
  if (!wishes) return null;
  const { daily, works } = wishes;
  return (
    <Card title={t('profile.mail.title')}>
      <Stack gap="md">
        <Text size="sm" c="var(--p-ink-2)">
          {t('profile.mail.lead')}
        </Text>
        {!works && (
          <Notice tone="warning" title={t('profile.mail.noServerTitle')}>
            {t('profile.mail.noServer')}
          </Notice>
        )}
        <Checkbox.Group
          label={t('profile.mail.kinds')}
          value={wishes.kinds}
          onChange={(chosen) => save.mutate({ kinds: kinds.filter((kind) => chosen.includes(kind)), daily })}
        >
          <Stack gap="xs" mt="xs">
            {kinds.map((kind) => (
              <Checkbox
                key={kind}
                value={kind}
                label={t(`profile.mail.kind.${kind}`)}
                description={t(`profile.mail.kindHint.${kind}`)}
                disabled={save.isPending}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {wishes.kinds.length > 0 && (
          <Radio.Group
            label={t('profile.mail.when')}
            value={daily ? 'daily' : 'atOnce'}
            onChange={(when) => save.mutate({ kinds: wishes.kinds, daily: when === 'daily' })}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="atOnce" label={t('profile.mail.atOnce')} description={t('profile.mail.atOnceHint')} />
              <Radio value="daily" label={t('profile.mail.daily')} description={t('profile.mail.dailyHint')} />
            </Stack>
          </Radio.Group>
        )}
      </Stack>
    </Card>
  );
}
