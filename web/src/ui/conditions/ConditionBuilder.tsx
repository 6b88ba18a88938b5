import { Input, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId, useMemo } from 'react';
import { useConditionCounts } from '@/api/useConditionCount';
import classes from './ConditionBuilder.module.css';
import { ConditionFoot } from './ConditionFoot';
import { ConditionGroup } from './ConditionGroup';
import type { Condition } from './condition';
import { conditionText } from './conditionText';
import { groupOf, prefixesOf, written } from './groups';
import { askable, isAskable } from './missing';
import type { LeafKind } from './newCondition';
import { useTelling } from './telling';

/** What a condition may speak of where it stands. */
export interface ConditionScope {
  kinds: LeafKind[];
  /** Messages of this journey, for conditions on what became of them. */
  messages?: { id: string; name: string }[];
  /** The events that are looked at, where their names are known: what they had so far is offered. */
  events?: readonly string[];
}

export const contactScope: ConditionScope = {
  kinds: ['property', 'tag', 'list', 'segment', 'journey', 'event', 'lastMessages', 'consent'],
};
/** Of the events in a filter nothing is known but their properties. */
export const eventScope: ConditionScope = { kinds: ['field'] };
export const eventScopeOf = (events: readonly string[]): ConditionScope => ({ ...eventScope, events });

interface Props {
  label?: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  value: Condition | undefined;
  /** undefined: there is no condition left. */
  onChange: (condition: Condition | undefined) => void;
  scope: ConditionScope;
  /** Which counts stand beside it: after each line how many match so far, or (where the page shows no total of its own) of all as well. */
  counts?: 'lines' | 'all';
}

/** A nested condition, edited as a sentence of tokens. What it says as a whole is read out beneath. */
export function ConditionBuilder({ label, hint, error, value, onChange, scope, counts = 'all' }: Props) {
  const id = useId();
  const names = useMemo(() => new Map((scope.messages ?? []).map((message) => [message.id, message.name])), [scope.messages]);
  const pointName = useMemo(() => (point: string) => names.get(point) ?? point, [names]);
  const telling = useTelling(pointName);
  const group = useMemo(() => groupOf(value), [value]);
  // Of a filter of events nobody can be counted: it is true of what happens.
  const counted = value !== undefined && scope.kinds !== eventScope.kinds;
  const prefixes = useMemo(() => (counted ? prefixesOf(group) : []), [counted, group]);
  const people = useConditionCounts(useMemo(() => prefixes.map(({ condition }) => askable(condition)), [prefixes]));
  const soFar = new Map(prefixes.map(({ path }, at) => [path, people[at]]));
  return (
    <Input.Wrapper label={label} description={hint} error={error} labelElement="div" id={id}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this box is. */}
      <div className={classes.box} role="group" aria-label={typeof label === 'string' ? label : undefined}>
        <ConditionGroup
          group={group}
          scope={scope}
          telling={telling}
          soFar={soFar}
          onChange={(next) => onChange(next.of.length === 0 ? undefined : written(next, false))}
        />
        {group.of.length > 1 && (
          <Text className={classes.reading} component="p">
            {conditionText(value, telling)}
          </Text>
        )}
        {counted && isAskable(value) && <ConditionFoot condition={value} telling={telling} total={counts === 'all'} />}
      </div>
    </Input.Wrapper>
  );
}
