import { MultiSelect, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { teamsQuery } from '@/api/queries';
import { useAct } from './useAct';

/** Whether publishing needs two people, and whose right it is to approve. */
export function ApprovalSwitch() {
  const { t } = useTranslation();
  const setting = useQuery({ queryKey: ['approval', 'setting'], queryFn: () => take(api.GET('/api/v1/settings/approval')) }).data;
  const teams = (useQuery(teamsQuery).data ?? []).map(({ id }) => id);
  const save = useAct(
    'approval',
    (body: Schemas['ApprovalSettingBody']) => take(api.PUT('/api/v1/settings/approval', { body })),
    t('settings.saved'),
  );
  const required = setting?.required ?? false;
  const named = setting?.teams ?? [];
  return (
    <Stack gap="sm" mt="xl" maw={640}>
      <Switch
        label={t('settings.users.approval')}
        description={t('settings.users.approvalHint')}
        checked={required}
        disabled={!setting || save.isPending}
        onChange={(event) => save.mutate({ required: event.currentTarget.checked, teams: named })}
      />
      {required && (teams.length > 0 || named.length > 0) && (
        <MultiSelect
          label={t('settings.users.approvers')}
          description={t('settings.users.approversHint')}
          placeholder={named.length === 0 ? t('settings.users.everybodyElse') : undefined}
          data={[...new Set([...named, ...teams])]}
          value={named}
          disabled={save.isPending}
          onChange={(chosen) => save.mutate({ required, teams: chosen })}
          clearable
          comboboxProps={{ withinPortal: true }}
        />
      )}
    </Stack>
  );
}
