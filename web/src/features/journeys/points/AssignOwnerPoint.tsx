import { ActionIcon, Button, Group, Input, NumberInput, Stack, Switch } from '@mantine/core';
import { IconPlus, IconUserCheck, IconX } from '@tabler/icons-react';
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
    point.users
      .map(({ user }) => user)
      .filter(Boolean)
      .join(', ') || t('points.assignOwner.nothing'),
  detail: (point, { t }) =>
    [point.users.length > 1 && t('points.assignOwner.inTurn'), point.onlyWithout && t('points.assignOwner.onlyWithoutShort')]
      .filter(Boolean)
      .join(', ') || undefined,
  Form: AssignOwnerForm,
};

function AssignOwnerForm({ point, telling, onChange, errorAt }: PointFormProps<PointOf<'assignOwner'>>) {
  const { t } = telling;
  const set = (at: number, share: OwnerShare) =>
    onChange({ ...point, users: point.users.map((one, index) => (index === at ? share : one)) });
  return (
    <Stack gap={14}>
      <Input.Wrapper
        label={t('points.assignOwner.users')}
        description={t('points.assignOwner.usersHint')}
        error={errorAt('users')}
        labelElement="div"
      >
        <Stack gap={8} mt={6}>
          {point.users.map((share, at) => (
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
              {point.users.length > 1 && (
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
              {point.users.length > 1 && (
                <ActionIcon
                  mb={4}
                  aria-label={t('points.assignOwner.remove', { user: share.user || String(at + 1) })}
                  onClick={() => onChange({ ...point, users: point.users.filter((_, index) => index !== at) })}
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
            disabled={point.users.length >= usersMax}
            onClick={() => onChange({ ...point, users: [...point.users, { user: '' }] })}
          >
            {t('points.assignOwner.add')}
          </Button>
        </Stack>
      </Input.Wrapper>
      <Switch
        label={t('points.assignOwner.onlyWithout')}
        checked={point.onlyWithout ?? false}
        onChange={(event) => onChange(withField(point, 'onlyWithout', event.currentTarget.checked || undefined))}
      />
    </Stack>
  );
}
