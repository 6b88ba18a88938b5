import { SegmentedControl, Stack, TextInput } from '@mantine/core';
import { DurationField } from '@/ui/pickers/DurationField';
import { ChoiceList } from './ChoiceList';
import type { EventCondition, EventFunction } from './condition';
import { withComparison, withPart } from './newCondition';
import type { Telling } from './telling';

interface Props {
  leaf: EventCondition;
  telling: Telling;
  onChange: (leaf: EventCondition) => void;
}

type Asked = 'did' | 'didNot' | EventFunction;
const asked: Asked[] = ['did', 'didNot', 'count', 'sum', 'min', 'max', 'distinct', 'first', 'last'];

/** Whether they did it, how often, or what a property of it comes to. */
export function FunctionEditor({ leaf, telling, onChange, onDone }: Props & { onDone: () => void }) {
  const now: Asked =
    leaf.is === undefined || leaf.is === 'did' || leaf.is === 'didNot' ? (leaf.is ?? 'did') : (leaf.function ?? 'count');
  const choose = (next: Asked) => {
    if (next === 'did' || next === 'didNot') onChange(withComparison(leaf, next));
    else if (next === 'count')
      onChange(
        withPart(withComparison({ ...leaf, function: undefined }, 'atLeast'), {
          function: undefined,
          property: undefined,
          value: 2,
        }),
      );
    else if (next === 'first' || next === 'last')
      onChange(withPart(withComparison(leaf, 'longerAgoThan'), { function: next, property: undefined }));
    else
      onChange(
        withPart(withComparison(leaf, 'atLeast'), { function: next, value: typeof leaf.value === 'number' ? leaf.value : 1 }),
      );
    onDone();
  };
  return (
    <ChoiceList
      value={now}
      options={asked.map((value) => ({ value, label: telling.t(`conditions.asks.${value}`) }))}
      onChoose={choose}
    />
  );
}

type WindowKind = 'ever' | 'last' | 'between';

/** Which time counts: ever, a rolling stretch up to now, or between two days. */
export function WindowEditor({ leaf, telling, onChange }: Props) {
  const { t } = telling;
  const window = leaf.window ?? {};
  const kind: WindowKind =
    window.last !== undefined ? 'last' : window.from !== undefined || window.to !== undefined ? 'between' : 'ever';
  const choose = (next: string) => {
    const from = new Date().toISOString().slice(0, 10);
    const made = { ever: undefined, last: { last: 'P30D' }, between: { from: `${from}T00:00:00Z` } }[next as WindowKind];
    onChange(withPart(leaf, { window: made }));
  };
  const day = (which: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(`conditions.window.${which}Label`)}
      value={window[which]?.slice(0, 10) ?? ''}
      onChange={(event) => {
        const date = event.currentTarget.value;
        onChange(withPart(leaf, { window: { ...window, [which]: date ? `${date}T00:00:00Z` : undefined } }));
      }}
    />
  );
  return (
    <Stack gap={10}>
      <SegmentedControl
        size="xs"
        aria-label={t('conditions.token.window')}
        value={kind}
        onChange={choose}
        data={(['ever', 'last', 'between'] as const).map((value) => ({ value, label: t(`conditions.window.kind.${value}`) }))}
      />
      {kind === 'last' && (
        <DurationField
          label={t('conditions.token.window')}
          value={window.last}
          onChange={(last) => onChange(withPart(leaf, { window: { last } }))}
        />
      )}
      {kind === 'between' && (
        <>
          {day('from')}
          {day('to')}
        </>
      )}
    </Stack>
  );
}
