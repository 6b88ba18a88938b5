import { ActionIcon, Button, Group, Input, NumberInput, Stack, Switch } from '@mantine/core';
import { IconPlus, IconUserCheck, IconX } from '@tabler/icons-react';
import { TeamPicker } from '@/ui/pickers/TeamPicker';
import { UserPicker } from '@/ui/pickers/UserPicker';
import { withField } from '../definition/exits';
import type { OwnerShare, PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

const usersMax = 100;

/** Says which user looks after the contact: one, or several in turn. */
export const assignOwnerPoint: PointView<'assignOwner'> = {
  kind: 'assignOwner',
  group: 'actions',
  shape: 'action',
  icon: IconUserCheck,
  create: () => ({ kind: 'assignOwner', users: [{ user: '' }] }),
  title: (point, { t }) =>
    [...(point.users ?? []).map(({ user }) => user), point.team && t('tasks.ofTeam', { team: point.team })]
      .filter(Boolean)
      .join(', ') || t('points.assignOwner.nothing'),
  detail: (point, { t }) =>
    [
      ((point.users?.length ?? 0) > 1 || point.team) && t('points.assignOwner.inTurn'),
      point.onlyWithout && t('points.assignOwner.onlyWithoutShort'),
    ]
      .filter(Boolean)
      .join(', ') || undefined,
  Form: AssignOwnerForm,
};

function AssignOwnerForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'assignOwner'>>) {
  const { t } = telling;
  const users = point.users ?? [];
  const set = (at: number, share: OwnerShare) =>
    onChange({ ...point, users: users.map((one, index) => (index === at ? share : one)) });
  // With a team nobody else needs to be named.
  const least = point.team ? 0 : 1;
  return (
    <Stack gap={14}>
      <Input.Wrapper
        label={t('points.assignOwner.users')}
        description={t('points.assignOwner.usersHint')}
        error={errorAt('users')}
        labelElement="div"
      >
        <Stack gap={8} mt={6}>
          {users.map((share, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: whose turn it is goes by the place; the user is being chosen.
            <Group key={at} gap={8} wrap="nowrap" align="flex-end">
              <div style={{ flex: 1 }}>
                <UserPicker
                  label={t('points.assignOwner.user', { place: at + 1 })}
                  value={share.user || null}
                  error={errorAt(`users/${at}/user`)}
                  onChange={(user) => set(at, { ...share, user: user ?? '' })}
                />
              </div>
              {(users.length > 1 || point.team) && (
                <NumberInput
                  w={96}
                  label={t('points.assignOwner.weight')}
                  value={share.weight ?? 1}
                  min={1}
                  max={100}
                  allowDecimal={false}
                  error={errorAt(`users/${at}/weight`)}
                  onChange={(weight) =>
                    typeof weight === 'number' && set(at, withField(share, 'weight', weight === 1 ? undefined : weight))
                  }
                />
              )}
              {users.length > least && (
                <ActionIcon
                  mb={4}
                  aria-label={t('points.assignOwner.remove', { user: share.user || String(at + 1) })}
                  onClick={() => onChange({ ...point, users: users.filter((_, index) => index !== at) })}
                >
                  <IconX size={16} />
                </ActionIcon>
              )}
            </Group>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconPlus size={14} />}
            disabled={users.length >= usersMax}
            onClick={() => onChange({ ...point, users: [...users, { user: '' }] })}
          >
            {t('points.assignOwner.add')}
          </Button>
        </Stack>
      </Input.Wrapper>
      <TeamPicker
        label={t('points.assignOwner.team')}
        hint={t('points.assignOwner.teamHint')}
        value={point.team ?? null}
        error={errorAt('team')}
        onChange={(team) => onChange({ ...withField(point, 'team', team ?? undefined), users: usersBeside(users, team) })}
      />
      <Switch
        label={t('points.assignOwner.onlyWithout')}
        checked={point.onlyWithout ?? false}
        onChange={(event) => onChange(withField(point, 'onlyWithout', event.currentTarget.checked || undefined))}
      />
    </Stack>
  );
}

/** A row that was not filled in is not needed beside a team, and is there again without one. */
function usersBeside(users: readonly OwnerShare[], team: string | null): OwnerShare[] {
  const named = users.filter(({ user }) => user !== '');
  return named.length > 0 || team ? named : [{ user: '' }];
}
