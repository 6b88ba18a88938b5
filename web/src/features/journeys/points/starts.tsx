import { Stack, Text } from '@mantine/core';
import {
  IconArrowsSplit2,
  IconBolt,
  IconCircles,
  IconCirclesRelation,
  IconHandClick,
  IconList,
  IconPencil,
  IconPlaylistX,
  IconTag,
  IconTagOff,
} from '@tabler/icons-react';
import { ConditionBuilder, eventScopeOf } from '@/ui/conditions/ConditionBuilder';
import type { Telling } from '@/ui/conditions/telling';
import { EventsPicker, NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { Activity, StartingPoint, StartKind } from '../definition/journey';
import { browseAbandonedStart, cartAbandonedStart } from './AbandonedStarts';
import { activityText } from './activities';
import { dateStart } from './DateStart';
import { inactiveStart } from './InactiveStart';
import { JourneyEnd } from './JourneyEnd';
import type { PointFormProps, StartOf, StartView } from './kind';
import { messageStart } from './MessageStart';
import { PropertyChange } from './PropertyChange';
import { scheduleStart } from './ScheduleStart';

const says = (
  start: Exclude<
    StartingPoint,
    { kind: 'hand' | 'date' | 'schedule' | 'cartAbandoned' | 'browseAbandoned' | 'inactive' | 'message' }
  >,
  telling: Telling,
) => activityText(start as Activity, telling);

const event: StartView<'event'> = {
  kind: 'event',
  icon: IconBolt,
  create: () => ({ kind: 'event', events: [] }),
  title: says,
  Form: ({ point, telling, onChange, errorAt }: PointFormProps<StartOf<'event'>>) => (
    <Stack gap={14}>
      <EventsPicker
        label={telling.t('points.start.events')}
        value={point.events}
        error={errorAt('events')}
        onChange={(events) => onChange({ ...point, events })}
      />
      <ConditionBuilder
        label={telling.t('points.start.where')}
        value={point.where}
        scope={eventScopeOf(point.events)}
        error={errorAt('where')}
        onChange={(where) => onChange(withField(point, 'where', where))}
      />
    </Stack>
  ),
};

function TagForm<P extends StartOf<'tagAdded' | 'tagRemoved'>>({ point, telling, onChange, errorAt }: PointFormProps<P>) {
  return (
    <NamePicker
      kind="tag"
      label={telling.t('points.tag.label')}
      value={point.tag || undefined}
      error={errorAt('tag')}
      onChange={(tag) => onChange({ ...point, tag: tag ?? '' })}
    />
  );
}

function SegmentForm<P extends StartOf<'segmentEntered' | 'segmentLeft'>>({
  point,
  telling,
  onChange,
  errorAt,
}: PointFormProps<P>) {
  return (
    <NamePicker
      kind="segment"
      label={telling.t('points.start.segment')}
      value={point.segment || undefined}
      error={errorAt('segment')}
      onChange={(segment) => onChange({ ...point, segment: segment ?? '' })}
    />
  );
}

function ListForm<P extends StartOf<'listEntered' | 'listLeft'>>({ point, telling, onChange, errorAt }: PointFormProps<P>) {
  return (
    <NamePicker
      kind="list"
      label={telling.t('points.list.label')}
      value={point.list || undefined}
      error={errorAt('list')}
      onChange={(list) => onChange({ ...point, list: list ?? '' })}
    />
  );
}

const propertyBecomes: StartView<'propertyBecomes'> = {
  kind: 'propertyBecomes',
  icon: IconPencil,
  ofState: true,
  create: () => ({ kind: 'propertyBecomes', property: '' }),
  title: says,
  Form: ({ point, telling, onChange, errorAt }: PointFormProps<StartOf<'propertyBecomes'>>) => (
    <Stack gap={14}>
      <PropertyChange
        label={telling.t('points.setProperty.property')}
        change={point}
        telling={telling}
        errorAt={errorAt}
        onChange={onChange}
      />
    </Stack>
  ),
};

const journeyLeft: StartView<'journeyLeft'> = {
  kind: 'journeyLeft',
  icon: IconArrowsSplit2,
  create: () => ({ kind: 'journeyLeft', journey: '' }),
  title: says,
  Form: ({ point, telling, onChange, errorAt }: PointFormProps<StartOf<'journeyLeft'>>) => (
    <Stack gap={14}>
      <JourneyEnd
        label={telling.t('points.journey.label')}
        activity={point}
        telling={telling}
        errorAt={errorAt}
        onChange={onChange}
      />
    </Stack>
  ),
};

const hand: StartView<'hand'> = {
  kind: 'hand',
  icon: IconHandClick,
  withoutImports: true,
  create: () => ({ kind: 'hand' }),
  title: (_, { t }) => t('points.start.byHand'),
  Form: ({ telling }: PointFormProps<StartOf<'hand'>>) => (
    <Text size="sm" c="var(--p-ink-2)">
      {telling.t('points.start.handHint')}
    </Text>
  ),
};

/** A new kind of starting point is one entry here. */
export const starts: { [K in StartKind]: StartView<K> } = {
  event,
  tagAdded: {
    kind: 'tagAdded',
    icon: IconTag,
    ofState: true,
    create: () => ({ kind: 'tagAdded', tag: '' }),
    title: says,
    Form: TagForm,
  },
  tagRemoved: {
    kind: 'tagRemoved',
    icon: IconTagOff,
    create: () => ({ kind: 'tagRemoved', tag: '' }),
    title: says,
    Form: TagForm,
  },
  segmentEntered: {
    kind: 'segmentEntered',
    icon: IconCircles,
    ofState: true,
    create: () => ({ kind: 'segmentEntered', segment: '' }),
    title: says,
    Form: SegmentForm,
  },
  segmentLeft: {
    kind: 'segmentLeft',
    icon: IconCirclesRelation,
    create: () => ({ kind: 'segmentLeft', segment: '' }),
    title: says,
    Form: SegmentForm,
  },
  listEntered: {
    kind: 'listEntered',
    icon: IconList,
    ofState: true,
    create: () => ({ kind: 'listEntered', list: '' }),
    title: says,
    Form: ListForm,
  },
  listLeft: {
    kind: 'listLeft',
    icon: IconPlaylistX,
    create: () => ({ kind: 'listLeft', list: '' }),
    title: says,
    Form: ListForm,
  },
  propertyBecomes,
  journeyLeft,
  date: dateStart,
  schedule: scheduleStart,
  cartAbandoned: cartAbandonedStart,
  browseAbandoned: browseAbandonedStart,
  inactive: inactiveStart,
  message: messageStart,
  hand,
};

export const startKinds = Object.keys(starts) as StartKind[];
