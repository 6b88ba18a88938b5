import { ActionIcon, Button, Group, Input, Menu, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Telling } from '@/ui/conditions/telling';
import type { Activity, Journey } from '../definition/journey';
import { ActivityForm, activityKinds, newActivity } from './activities';
import classes from './forms.module.css';

interface Props {
  label: string;
  activities: Activity[];
  journey: Journey;
  telling: Telling;
  /** By the tail of its place, which begins with `activities`. */
  errorAt: (field: string) => string | undefined;
  onChange: (activities: Activity[]) => void;
}

/** What a wait waits for: one of these. */
export function ActivityRows({ label, activities, journey, telling, errorAt, onChange }: Props) {
  const { t } = telling;
  const set = (at: number, activity: Activity | undefined) =>
    onChange(
      activity ? activities.map((one, index) => (index === at ? activity : one)) : activities.filter((_, index) => index !== at),
    );
  return (
    <Input.Wrapper label={label} error={errorAt('activities')} labelElement="div">
      <Stack gap={8} mt={4}>
        {activities.map((activity, at) => (
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
              {t(activities.length === 0 ? 'points.waitFor.add' : 'points.waitFor.addOr')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {activityKinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => onChange([...activities, newActivity(kind)])}>
                {t(`points.activity.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Stack>
    </Input.Wrapper>
  );
}
