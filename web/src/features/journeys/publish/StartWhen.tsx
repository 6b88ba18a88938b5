import { Button, Menu, Popover, Stack, TextInput } from '@mantine/core';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { instantOf, localOf } from '@/lib/localTimes';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';

interface Props {
  value: string | undefined;
  timeZone: string | undefined;
  onChange: (startsAt: string | undefined) => void;
}

/** From when people are let in: at once, or from a time on, which is the journey's own setting. */
export function StartWhen({ value, timeZone, onChange }: Props) {
  const { t } = useSay();
  const { dateTime } = useFormats();
  const [choosing, setChoosing] = useState(false);
  const [local, setLocal] = useState('');
  const at = local ? instantOf(local, timeZone) : undefined;
  return (
    <Popover opened={choosing} onChange={setChoosing} position="top-start" withinPortal trapFocus withRoles={false}>
      <Popover.Target>
        <div>
          <Menu position="top-start" withinPortal>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconCalendar size={16} stroke={1.6} aria-hidden />}
                rightSection={<IconChevronDown size={15} aria-hidden />}
              >
                {value ? t('map.publish.start.from', { time: dateTime(value, timeZone) }) : t('map.publish.start.now')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onChange(undefined)}>{t('map.publish.start.now')}</Menu.Item>
              <Menu.Item
                onClick={() => {
                  setLocal(localOf(value, timeZone));
                  setChoosing(true);
                }}
              >
                {t('map.publish.start.later')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('map.publish.start.label')}>
        <Stack gap="sm">
          <TextInput
            type="datetime-local"
            label={t('map.publish.start.label')}
            description={t('points.zoneOfJourney', { zone: timeZone ?? 'UTC' })}
            value={local}
            onChange={(event) => setLocal(event.currentTarget.value)}
            data-autofocus
          />
          <Button
            disabled={!at}
            onClick={() => {
              onChange(at);
              setChoosing(false);
            }}
          >
            {t('map.publish.start.set')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
