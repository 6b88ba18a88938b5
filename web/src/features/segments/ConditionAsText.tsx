import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition } from '@/ui/conditions/condition';
import { conditionOf } from './conditionOf';

/** The condition as files and the API write it. What can be read is taken over as one types. */
export function ConditionAsText({
  value,
  onChange,
}: {
  value: Condition | undefined;
  onChange: (condition: Condition | undefined) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => (value ? JSON.stringify(value, null, 2) : ''));
  const read = conditionOf(text);
  return (
    <Textarea
      label={t('segments.who')}
      description={t('segments.asTextHint')}
      autosize
      minRows={6}
      maxRows={24}
      spellCheck={false}
      styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 13 } }}
      value={text}
      error={read === 'unreadable' ? t('segments.asTextWrong') : undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const next = conditionOf(typed);
        if (next !== 'unreadable') onChange(next);
      }}
    />
  );
}
