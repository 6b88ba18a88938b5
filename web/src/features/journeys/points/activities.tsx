import { Select, TextInput } from '@mantine/core';
import { ConditionBuilder, eventScopeOf } from '@/ui/conditions/ConditionBuilder';
import type { Telling } from '@/ui/conditions/telling';
import { listText, valueText } from '@/ui/conditions/telling';
import { EventsPicker, NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { Activity, Journey, MessageActivity } from '../definition/journey';
import { messageActivities } from '../definition/journey';
import { JourneyEnd } from './JourneyEnd';
import type { ActivityKind } from './kind';
import { PropertyChange } from './PropertyChange';
import { messagesOf } from './scope';

export const activityKinds: ActivityKind[] = [
  'event',
  'message',
  'tagAdded',
  'tagRemoved',
  'listEntered',
  'listLeft',
  'segmentEntered',
  'segmentLeft',
  'propertyBecomes',
  'journeyLeft',
];

export function newActivity(kind: ActivityKind): Activity {
  switch (kind) {
    case 'event':
      return { kind, events: [] };
    case 'message':
      return { kind, point: '', is: 'clicked' };
    case 'tagAdded':
    case 'tagRemoved':
      return { kind, tag: '' };
    case 'listEntered':
    case 'listLeft':
      return { kind, list: '' };
    case 'segmentEntered':
    case 'segmentLeft':
      return { kind, segment: '' };
    case 'propertyBecomes':
      return { kind, property: '' };
    case 'journeyLeft':
      return { kind, journey: '' };
  }
}

/** What happens, as a clause: "Purchase", "opens Welcome", "Tag added: called". Starting points say it in the same words. */
export function activityText(activity: Activity, telling: Telling): string {
  const { t, language } = telling;
  const blank = t('conditions.nothing');
  switch (activity.kind) {
    case 'event':
      return activity.events.length > 0 ? listText(language, activity.events) : blank;
    case 'message':
      return t(`points.activity.says.${activity.is}`, { message: activity.point ? telling.pointName(activity.point) : blank });
    case 'tagAdded':
    case 'tagRemoved':
      return t(`points.activity.says.${activity.kind}`, { name: activity.tag || blank });
    case 'listEntered':
    case 'listLeft':
      return t(`points.activity.says.${activity.kind}`, { name: activity.list || blank });
    case 'segmentEntered':
    case 'segmentLeft':
      return t(`points.activity.says.${activity.kind}`, { name: activity.segment || blank });
    case 'journeyLeft': {
      const name = activity.journey ? telling.journeyName(activity.journey) : blank;
      const outcomes = activity.outcomes?.map((outcome) => t(`points.outcome.${outcome}`)) ?? [];
      return outcomes.length > 0
        ? t('points.activity.says.journeyLeftSo', { name, outcomes: listText(language, outcomes) })
        : t('points.activity.says.journeyLeft', { name });
    }
    case 'propertyBecomes': {
      const name = activity.property || blank;
      const to = [
        ...(activity.to ?? []).map((value) => valueText(telling, value)),
        ...(activity.toEmpty ? [t('points.propertyChange.empty')] : []),
      ];
      return to.length > 0
        ? t('points.activity.says.propertyBecomes', { name, values: listText(language, to) })
        : t('points.activity.says.propertyChanges', { name });
    }
  }
}

interface Props {
  activity: Activity;
  journey: Journey;
  telling: Telling;
  onChange: (activity: Activity) => void;
  errorAt: (field: string) => string | undefined;
}

export function ActivityForm({ activity, journey, telling, onChange, errorAt }: Props) {
  const { t } = telling;
  const label = t(`points.activity.${activity.kind}`);
  switch (activity.kind) {
    case 'event':
      return (
        <>
          <EventsPicker
            label={label}
            value={activity.events}
            error={errorAt('events')}
            onChange={(events) => onChange({ ...activity, events })}
          />
          <ConditionBuilder
            label={t('points.activity.where')}
            value={activity.where}
            scope={eventScopeOf(activity.events)}
            error={errorAt('where')}
            onChange={(where) => onChange(withField(activity, 'where', where))}
          />
        </>
      );
    case 'message':
      return (
        <>
          <Select
            label={label}
            error={errorAt('point')}
            data={messagesOf(journey, telling).map((message) => ({ value: message.id, label: message.name }))}
            value={activity.point || null}
            placeholder={t('conditions.pick.message')}
            nothingFoundMessage={t('conditions.none.message')}
            onChange={(point) => onChange({ ...activity, point: point ?? '' })}
          />
          <Select
            aria-label={t('points.activity.does')}
            data={messageActivities.map((value) => ({ value, label: t(`points.activity.is.${value}`) }))}
            value={activity.is}
            allowDeselect={false}
            onChange={(is) =>
              onChange(
                withField(
                  { ...activity, is: (is ?? 'clicked') as MessageActivity },
                  'link',
                  is === 'clicked' ? activity.link : undefined,
                ),
              )
            }
          />
          {activity.is === 'clicked' && (
            <TextInput
              label={t('conditions.token.link')}
              description={t('conditions.linkHint')}
              value={activity.link ?? ''}
              onChange={(event) => onChange(withField(activity, 'link', event.currentTarget.value || undefined))}
            />
          )}
        </>
      );
    case 'tagAdded':
    case 'tagRemoved':
      return (
        <NamePicker
          kind="tag"
          label={label}
          value={activity.tag || undefined}
          error={errorAt('tag')}
          onChange={(tag) => onChange({ ...activity, tag: tag ?? '' })}
        />
      );
    case 'listEntered':
    case 'listLeft':
      return (
        <NamePicker
          kind="list"
          label={label}
          value={activity.list || undefined}
          error={errorAt('list')}
          onChange={(list) => onChange({ ...activity, list: list ?? '' })}
        />
      );
    case 'segmentEntered':
    case 'segmentLeft':
      return (
        <NamePicker
          kind="segment"
          label={label}
          value={activity.segment || undefined}
          error={errorAt('segment')}
          onChange={(segment) => onChange({ ...activity, segment: segment ?? '' })}
        />
      );
    case 'journeyLeft':
      return <JourneyEnd label={label} activity={activity} telling={telling} errorAt={errorAt} onChange={onChange} />;
    case 'propertyBecomes':
      return <PropertyChange label={label} change={activity} telling={telling} errorAt={errorAt} onChange={onChange} />;
  }
}
