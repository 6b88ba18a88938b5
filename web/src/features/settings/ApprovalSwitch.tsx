import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { toastSaved } from '@/ui/toasts';

/** Whether publishing needs two people. */
export function ApprovalSwitch() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const setting = useQuery({ queryKey: ['approval', 'setting'], queryFn: () => take(api.GET('/api/v1/settings/approval')) });
  const save = useMutation({
    mutationFn: (required: boolean) => take(api.PUT('/api/v1/settings/approval', { body: { required } })),
    onSuccess: () => {
      toastSaved(t('settings.saved'));
      return queries.invalidateQueries({ queryKey: ['approval'] });
    },
  });
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
