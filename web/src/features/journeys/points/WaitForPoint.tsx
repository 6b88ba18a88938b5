import { ActionIcon, Button, Group, Input, Menu, Stack, Switch } from '@mantine/core';
import { IconHourglassHigh, IconPlus, IconX } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { listText } from '@/ui/conditions/telling';
import { DurationField } from '@/ui/pickers/DurationField';
import { withField } from '../definition/exits';
import type { Activity, PointOf } from '../definition/journey';
import { ActivityForm, activityKinds, activityText, newActivity } from './activities';
import classes from './forms.module.css';
import type { PointFormProps, PointView } from './kind';

type WaitFor = PointOf<'waitFor'>;

/** Goes on when one of its activities happens, or by another line when none has in time. */
export const waitForPoint: PointView<'waitFor'> = {
  kind: 'waitFor',
  group: 'rules',
  shape: 'rule',
  icon: IconHourglassHigh,
  create: () => ({ kind: 'waitFor', activities: [], timeout: 'P3D' }),
  title: (point, telling) => {
    const { t, language } = telling;
    if (point.activities.length === 0) return t('points.waitFor.nothing');
    const activities = listText(
      language,
      point.activities.map((activity) => activityText(activity, telling)),
    );
    return point.timeout === undefined
      ? activities
      : t('points.waitFor.upTo', { activities, duration: durationText(language, point.timeout) });
  },
  branch: (point, edge, { t, language }) =>
    edge === 'timeout'
      ? t('points.waitFor.after', { duration: durationText(language, point.timeout) })
      : t('points.waitFor.happened'),
  Form: WaitForForm,
};

function WaitForForm({ point, journey, telling, onChange, errorAt }: PointFormProps<WaitFor>) {
  const { t } = telling;
  const set = (at: number, activity: Activity | undefined) =>
    onChange({
      ...point,
      activities: activity
        ? point.activities.map((one, index) => (index === at ? activity : one))
        : point.activities.filter((_, index) => index !== at),
    });
  return (
    <Stack gap={16}>
      <Input.Wrapper label={t('points.waitFor.activities')} error={errorAt('activities')} labelElement="div">
        <Stack gap={8} mt={4}>
          {point.activities.map((activity, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: activities have no ids.
            <Group key={at} className={classes.boxed} gap={8} wrap="nowrap" align="flex-start">
              <Stack gap={8} flex={1} miw={0}>
                <ActivityForm
                  activity={activity}
                  journey={journey}
                  telling={telling}
                  onChange={(next) => set(at, next)}
                  errorAt={(field) => errorAt(`activities/${at}/${field}`)}
                />
              </Stack>
              <ActionIcon size={24} aria-label={t('points.waitFor.remove')} onClick={() => set(at, undefined)}>
                <IconX size={14} />
              </ActionIcon>
            </Group>
          ))}
          <Menu withinPortal position="bottom-start">
            <Menu.Target>
              <Button variant="subtle" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} />}>
                {t(point.activities.length === 0 ? 'points.waitFor.add' : 'points.waitFor.addOr')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {activityKinds.map((kind) => (
                <Menu.Item
                  key={kind}
                  onClick={() => onChange({ ...point, activities: [...point.activities, newActivity(kind)] })}
                >
                  {t(`points.activity.${kind}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Stack>
      </Input.Wrapper>
      <Switch
        label={t('points.waitFor.limited')}
        description={t('points.waitFor.limitedHint')}
        checked={point.timeout !== undefined}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { ...point, timeout: 'P3D' }
              : withField(withField(point, 'timeout', undefined), 'onTimeout', undefined),
          )
        }
      />
      {point.timeout !== undefined && (
        <DurationField
          label={t('points.waitFor.timeout')}
          value={point.timeout}
          error={errorAt('timeout')}
          onChange={(timeout) => onChange({ ...point, timeout })}
        />
      )}
    </Stack>
  );
}
