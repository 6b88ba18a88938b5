import { Stack, Text } from '@mantine/core';
import { IconZzz } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { ConditionBuilder, eventScopeOf } from '@/ui/conditions/ConditionBuilder';
import { listText } from '@/ui/conditions/telling';
import { DurationField } from '@/ui/pickers/DurationField';
import { EventsPicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointFormProps, StartOf, StartView } from './kind';

/** No purchase, no visit, no open for a time. */
export const inactiveStart: StartView<'inactive'> = {
  kind: 'inactive',
  icon: IconZzz,
  withoutImports: true,
  create: () => ({ kind: 'inactive', events: [], for: 'P30D' }),
  title: (start, { t, language }) =>
    t('points.start.inactiveFor', {
      events: start.events.length > 0 ? listText(language, start.events) : t('conditions.nothing'),
      time: durationText(language, start.for),
    }),
  Form: ({ point, telling, onChange, errorAt }: PointFormProps<StartOf<'inactive'>>) => (
    <Stack gap={14}>
      <EventsPicker
        label={telling.t('points.start.inactiveEvents')}
        value={point.events}
        error={errorAt('events')}
        onChange={(events) => onChange({ ...point, events })}
      />
      <DurationField
        label={telling.t('points.start.inactiveTime')}
        value={point.for}
        error={errorAt('for')}
        onChange={(iso) => onChange({ ...point, for: iso })}
      />
      <ConditionBuilder
        label={telling.t('points.start.where')}
        value={point.where}
        scope={eventScopeOf(point.events)}
        error={errorAt('where')}
        onChange={(where) => onChange(withField(point, 'where', where))}
      />
      <Text size="sm" c="var(--p-ink-2)">
        {telling.t('points.start.inactiveHint')}
      </Text>
    </Stack>
  ),
};
