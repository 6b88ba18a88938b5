import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { phraseParts } from '@/lib/slots';
import { type ConditionScope, eventScopeOf } from './ConditionBuilder';
import classes from './ConditionBuilder.module.css';
import { ConditionGroup } from './ConditionGroup';
import type { Condition } from './condition';
import { groupOf, written } from './groups';
import { withPart } from './newCondition';
import { isLeaf, phraseOf, slotOf, type TokenKind } from './phrases';
import { Token } from './Token';
import type { Telling } from './telling';

interface Props {
  condition: Condition;
  scope: ConditionScope;
  telling: Telling;
  onChange: (condition: Condition) => void;
  /** "and" or "or", where another condition stands before. */
  word?: string;
}

/** One condition as a phrase whose parts can be changed where they stand. */
export function ConditionLine({ condition, scope, telling, onChange, word }: Props) {
  const negated = condition.kind === 'not';
  const leaf = negated ? condition.of : condition;
  if (!isLeaf(leaf)) return null;
  const phrase = phraseOf(leaf, telling, negated);
  const slots: Record<string, ReactNode> = {};
  for (const [token, text] of Object.entries(phrase.tokens))
    slots[slotOf(token as TokenKind)] = (
      <Token
        kind={token as TokenKind}
        text={text}
        leaf={leaf}
        negated={negated}
        scope={scope}
        telling={telling}
        onChange={(next, not) => onChange(not ? { kind: 'not', of: next } : next)}
      />
    );
  const parts = phraseParts((marks) => telling.t(`conditions.says.${phrase.key}`, { ...marks, count: phrase.count }), slots);
  return (
    <div className={classes.words}>
      {word && `${word} `}
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a phrase have no other name.
        <Fragment key={at}>{'text' in part ? part.text : part.node}</Fragment>
      ))}
      {leaf.kind === 'event' &&
        (leaf.where ? (
          <>
            {` ${telling.t('conditions.where')}`}
            <ConditionGroup
              nested
              group={groupOf(leaf.where)}
              scope={eventScopeOf(leaf.events)}
              telling={telling}
              onChange={(group) => onChange(withPart(leaf, { where: group.of.length === 0 ? undefined : written(group, false) }))}
            />
          </>
        ) : (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={12} />}
            onClick={() => onChange(withPart(leaf, { where: { kind: 'field', name: '', is: 'equals', value: '' } }))}
          >
            {telling.t('conditions.addWhere')}
          </Button>
        ))}
    </div>
  );
}
