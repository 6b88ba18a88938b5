import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { ConditionScope } from './ConditionBuilder';
import classes from './ConditionBuilder.module.css';
import { isMissing } from './missing';
import type { Leaf, TokenKind } from './phrases';
import { TokenEditor } from './TokenEditor';
import type { Telling } from './telling';

export interface TokenProps {
  kind: TokenKind;
  leaf: Leaf;
  negated: boolean;
  scope: ConditionScope;
  telling: Telling;
  onChange: (leaf: Leaf, negated: boolean) => void;
}

const verbs: ReadonlySet<TokenKind> = new Set(['is', 'function', 'window']);

/** A part of the sentence: a button that opens what changes it. */
export function Token({ text, ...props }: TokenProps & { text: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      withinPortal
      trapFocus
      returnFocus
      position="bottom-start"
      width={280}
      shadow="md"
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.token}
          data-verb={verbs.has(props.kind) || undefined}
          data-missing={isMissing(props.kind, props.leaf) || undefined}
          aria-label={`${props.telling.t(`conditions.token.${props.kind}`)}: ${text}`}
          onClick={() => setOpened((was) => !was)}
        >
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) setOpened(false);
        }}
      >
        <TokenEditor {...props} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
