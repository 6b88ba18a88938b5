import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { useAct } from './useAct';

/** Whether publishing needs two people. */
export function ApprovalSwitch() {
  const { t } = useTranslation();
  const setting = useQuery({ queryKey: ['approval', 'setting'], queryFn: () => take(api.GET('/api/v1/settings/approval')) });
  const save = useAct(
    'approval',
    (required: boolean) => take(api.PUT('/api/v1/settings/approval', { body: { required } })),
    t('settings.saved'),
  );
  return (
    <Switch
      mt="lg"
      label={t('settings.users.approval')}
      description={t('settings.users.approvalHint')}
      checked={setting.data?.required ?? false}
      disabled={!setting.data || save.isPending}
      onChange={(event) => save.mutate(event.currentTarget.checked)}
    />
  );
}
