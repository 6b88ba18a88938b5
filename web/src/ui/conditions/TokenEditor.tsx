import { NumberInput, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { DurationField } from '@/ui/pickers/DurationField';
import { FieldPicker } from '@/ui/pickers/FieldPicker';
import { HoursFields } from '@/ui/pickers/hours';
import { EventsPicker, NamePicker } from '@/ui/pickers/NamePicker';
import { useJourneyPoints, useProperties } from '@/ui/pickers/useNames';
import { ValueField, type ValueType } from '@/ui/pickers/ValueField';
import { ChoiceList } from './ChoiceList';
import {
  type EventCondition,
  type JourneyCondition,
  messageStates,
  type PropertyCondition,
  type TimeCondition,
  type Value,
} from './condition';
import { FunctionEditor, WindowEditor } from './EventTokens';
import { comparisonsFor, withComparison, withPart } from './newCondition';
import type { TokenProps } from './Token';

/** What a token opens: the one field that it stands for. */
export function TokenEditor({ kind, leaf, negated, scope, telling, onChange, onDone }: TokenProps & { onDone: () => void }) {
  const { t } = telling;
  const label = t(`conditions.token.${kind}`);
  const set = (next: typeof leaf) => onChange(next, negated);
  switch (kind) {
    case 'name':
      if (leaf.kind === 'property' || leaf.kind === 'field')
        return leaf.kind === 'field' ? (
          <FieldPicker
            label={label}
            hint={t('conditions.fieldHint')}
            events={scope.events}
            value={leaf.name}
            onChange={(name) => set({ ...leaf, name })}
            autoFocus
          />
        ) : (
          <NamePicker
            kind="property"
            label={label}
            value={leaf.name}
            onChange={(name) => set({ ...leaf, name: name ?? '' })}
            autoFocus
          />
        );
      if (leaf.kind === 'tag' || leaf.kind === 'list' || leaf.kind === 'segment')
        return (
          <NamePicker
            kind={leaf.kind}
            label={label}
            value={leaf.name || undefined}
            onChange={(name) => set({ ...leaf, name: name ?? '' })}
            autoFocus
          />
        );
      if (leaf.kind === 'journey')
        return (
          <NamePicker
            kind="journey"
            label={t('conditions.kind.journey')}
            value={leaf.journey || undefined}
            onChange={(journey) => set({ kind: 'journey', journey: journey ?? '' })}
            autoFocus
          />
        );
      return null;
    case 'is':
      return (
        <IsEditor kind={kind} leaf={leaf} negated={negated} scope={scope} telling={telling} onChange={onChange} onDone={onDone} />
      );
    case 'topic':
      return leaf.kind === 'consent' ? (
        <NamePicker
          kind="topic"
          label={label}
          value={leaf.topic || undefined}
          onChange={(topic) => set({ ...leaf, topic: topic ?? '' })}
          autoFocus
        />
      ) : null;
    case 'events':
      return leaf.kind === 'event' ? (
        <EventsPicker label={label} value={leaf.events} onChange={(events) => set({ ...leaf, events })} autoFocus />
      ) : null;
    case 'property':
      return leaf.kind === 'event' ? (
        <FieldPicker
          label={label}
          hint={t('conditions.fieldHint')}
          events={leaf.events}
          value={leaf.property ?? ''}
          onChange={(name) => set(withPart(leaf, { property: name || undefined }))}
          autoFocus
        />
      ) : null;
    case 'function':
      return leaf.kind === 'event' ? <FunctionEditor leaf={leaf} telling={telling} onChange={set} onDone={onDone} /> : null;
    case 'hours':
      return leaf.kind === 'time' ? (
        <HoursFields value={leaf} telling={telling} onChange={(part) => set(withPart<TimeCondition>(leaf, part))} />
      ) : null;
    case 'window':
      return leaf.kind === 'event' ? <WindowEditor leaf={leaf} telling={telling} onChange={set} /> : null;
    case 'point':
      if (leaf.kind === 'journey') return <PointOfJourney leaf={leaf} telling={telling} onChange={set} />;
      return leaf.kind === 'message' ? (
        <Select
          label={label}
          data={(scope.messages ?? []).map((message) => ({ value: message.id, label: message.name }))}
          value={leaf.point || null}
          onChange={(point) => set({ ...leaf, point: point ?? '' })}
          nothingFoundMessage={t('conditions.none.message')}
          searchable
          data-autofocus
        />
      ) : null;
    case 'link':
      return leaf.kind === 'message' ? (
        <TextInput
          label={label}
          description={t('conditions.linkHint')}
          value={leaf.link ?? ''}
          onChange={(event) => set(withPart(leaf, { link: event.currentTarget.value || undefined }))}
          data-autofocus
        />
      ) : null;
    case 'number':
      return leaf.kind === 'lastMessages' ? (
        <NumberInput
          label={label}
          value={leaf.count}
          min={1}
          max={100}
          allowDecimal={false}
          onChange={(count) => typeof count === 'number' && count > 0 && set({ ...leaf, count })}
          data-autofocus
        />
      ) : null;
    default:
      return isCompared(leaf) ? <ComparedEditor kind={kind} leaf={leaf} label={label} telling={telling} onChange={set} /> : null;
  }
}

/** At which point of another journey; none: anywhere in it. */
function PointOfJourney({
  leaf,
  telling: { t },
  onChange,
}: {
  leaf: JourneyCondition;
  telling: TokenProps['telling'];
  onChange: (leaf: JourneyCondition) => void;
}) {
  const points = useJourneyPoints(leaf.journey).data ?? [];
  const known = points.some(({ value }) => value === leaf.point);
  return (
    <Select
      label={t('conditions.journey.point')}
      placeholder={t('conditions.journey.anywhere')}
      data={leaf.point && !known ? [{ value: leaf.point, label: leaf.point }, ...points] : points}
      value={leaf.point ?? null}
      onChange={(point) => onChange(withPart(leaf, { point: point ?? undefined }))}
      clearable
      searchable
      data-autofocus
    />
  );
}

function isCompared(leaf: TokenProps['leaf']): leaf is PropertyCondition | EventCondition {
  return leaf.kind === 'property' || leaf.kind === 'field' || leaf.kind === 'event';
}

function usePropertyType(leaf: TokenProps['leaf']) {
  const properties = useProperties();
  const found = leaf.kind === 'property' ? properties.data?.find((property) => property.name === leaf.name) : undefined;
  return { type: found?.type ?? 'any', choices: found?.choices ?? [] };
}

/** The verb of the sentence; for what can be had or not, both. */
function IsEditor({ leaf, negated, telling, onChange, onDone }: TokenProps & { onDone: () => void }) {
  const { t } = telling;
  const { type } = usePropertyType(leaf);
  const done = (next: TokenProps['leaf'], not = false) => {
    onChange(next, not);
    onDone();
  };
  switch (leaf.kind) {
    case 'tag':
    case 'list':
    case 'segment':
    case 'journey':
    case 'time':
      return (
        <ChoiceList
          value={negated ? 'no' : 'yes'}
          options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`conditions.${leaf.kind}.${value}`) }))}
          onChoose={(value) => done(leaf, value === 'no')}
        />
      );
    case 'consent':
      return (
        <ChoiceList
          value={leaf.is}
          options={(['given', 'refused', 'unknown'] as const).map((value) => ({
            value,
            label: t(`conditions.consent.${value}`),
          }))}
          onChoose={(is) => done({ ...leaf, is })}
        />
      );
    case 'message': {
      const options = (['yes', 'no'] as const).flatMap((side) =>
        messageStates.map((state) => ({ value: `${side}.${state}`, label: t(`conditions.message.${side}.${state}`) })),
      );
      return (
        <ChoiceList
          value={`${negated ? 'no' : 'yes'}.${leaf.is}`}
          options={options}
          onChoose={(chosen) => {
            const is = messageStates.find((state) => chosen.endsWith(`.${state}`)) ?? leaf.is;
            done(withPart(leaf, { is, link: is === 'clicked' ? leaf.link : undefined }), chosen.startsWith('no'));
          }}
        />
      );
    }
    case 'lastMessages':
      return (
        <ChoiceList
          value={leaf.is}
          options={(['noneOpened', 'noneClicked'] as const).map((value) => ({
            value,
            label: t(`conditions.lastMessages.${value}`),
          }))}
          onChoose={(is) => done({ ...leaf, is })}
        />
      );
    case 'event': {
      if (leaf.is === undefined || leaf.is === 'did' || leaf.is === 'didNot')
        return <FunctionEditor leaf={leaf} telling={telling} onChange={(next) => done(next)} onDone={onDone} />;
      const words = (leaf.function ?? 'count') === 'count' ? 'count' : 'is';
      return (
        <ChoiceList
          value={leaf.is}
          options={comparisonsFor(leaf, type).map((value) => ({ value, label: t(`conditions.${words}.${value}`) }))}
          onChoose={(is) => done(withComparison(leaf, is))}
        />
      );
    }
    default:
      return (
        <ChoiceList
          value={leaf.is}
          options={comparisonsFor(leaf, type).map((value) => ({ value, label: t(`conditions.is.${value}`) }))}
          onChoose={(is) => done(withComparison(leaf, is))}
        />
      );
  }
}

function ComparedEditor({
  kind,
  leaf,
  label,
  telling,
  onChange,
}: {
  kind: TokenProps['kind'];
  leaf: PropertyCondition | EventCondition;
  label: string;
  telling: TokenProps['telling'];
  onChange: (leaf: PropertyCondition | EventCondition) => void;
}) {
  const { t } = telling;
  const { type, choices } = usePropertyType(leaf);
  const types = valueTypes(leaf, type);
  switch (kind) {
    case 'duration':
      return <DurationField label={label} value={leaf.duration} onChange={(duration) => onChange({ ...leaf, duration })} />;
    case 'values':
      return (
        <TagsInput
          label={label}
          data={choices}
          value={(leaf.values ?? []).map((value) => String(value))}
          onChange={(values) =>
            onChange({
              ...leaf,
              values: values.map((value) =>
                types[0] === 'number' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value,
              ),
            })
          }
          acceptValueOnBlur
          data-autofocus
        />
      );
    case 'from':
    case 'to': {
      const at = kind === 'from' ? 0 : 1;
      const set = (value: Value) =>
        onChange({ ...leaf, values: [0, 1].map((index) => (index === at ? value : (leaf.values?.[index] ?? value))) });
      return (
        <ValueField
          label={label}
          value={leaf.values?.[at]}
          onChange={set}
          types={types.filter((one) => one !== 'text' && one !== 'boolean')}
        />
      );
    }
    default: {
      const asksCase = typeof leaf.value === 'string' && leaf.kind !== 'event';
      return (
        <Stack gap={12}>
          <ValueField
            label={label}
            value={leaf.value}
            onChange={(value) => onChange(withPart({ ...leaf, value } as PropertyCondition, {}))}
            types={types}
            choices={choices}
          />
          {asksCase && (
            <Switch
              label={t('conditions.matchCase')}
              checked={leaf.ignoreCase === false}
              onChange={(event) =>
                onChange(withPart(leaf as PropertyCondition, { ignoreCase: event.currentTarget.checked ? false : undefined }))
              }
            />
          )}
        </Stack>
      );
    }
  }
}

/** A declared property has one type; of others and of events nobody knows. */
function valueTypes(leaf: PropertyCondition | EventCondition, type: string): ValueType[] {
  if (leaf.kind === 'event' && leaf.function !== 'first' && leaf.function !== 'last') return ['number'];
  if (leaf.is === 'before' || leaf.is === 'after') return type === 'dateTime' ? ['dateTime', 'date'] : ['date', 'dateTime'];
  if (leaf.is === 'contains' || leaf.is === 'notContains' || leaf.is === 'startsWith' || leaf.is === 'endsWith') return ['text'];
  switch (type) {
    case 'number':
    case 'boolean':
    case 'text':
      return [type];
    case 'choice':
      return ['text'];
    case 'choices':
      return ['choices'];
    case 'date':
    case 'dateTime':
      return ['date', 'dateTime'];
    default:
      return ['text', 'number', 'boolean', 'date'];
  }
}
