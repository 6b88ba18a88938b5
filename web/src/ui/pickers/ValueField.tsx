import { NumberInput, SegmentedControl, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSay } from '@/lib/say';
import type { Value } from '@/ui/conditions/condition';

export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'dateTime' | 'choices';

export function typeOfValue(value: Value | undefined): ValueType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'choices';
  if (typeof value === 'object') return 'date' in value ? 'date' : 'dateTime';
  return 'text';
}

export function emptyValue(type: ValueType): Value {
  const today = new Date().toISOString();
  switch (type) {
    case 'number':
      return 0;
    case 'boolean':
      return true;
    case 'date':
      return { date: today.slice(0, 10) };
    case 'dateTime':
      return { dateTime: `${today.slice(0, 16)}:00Z` };
    case 'choices':
      return [];
    default:
      return '';
  }
}

interface Props {
  label: ReactNode;
  value: Value | undefined;
  onChange: (value: Value) => void;
  /** What may be said here; a property with a declared type has one. */
  types: ValueType[];
  choices?: string[];
  error?: ReactNode;
}

/** A typed value: a text is not a number, and a date is not a text. */
export function ValueField({ label, value, onChange, types, choices, error }: Props) {
  const { t } = useSay();
  const said = typeOfValue(value);
  const type = value !== undefined || types.includes(said) ? said : (types[0] ?? 'text');
  const offered = types.includes(type) ? types : [type, ...types];
  return (
    <Stack gap={8}>
      {offered.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('conditions.value.type')}
          data={offered.map((one) => ({ value: one, label: t(`conditions.value.${one}`) }))}
          value={type}
          onChange={(next) => onChange(emptyValue(next as ValueType))}
        />
      )}
      <Field label={label} type={type} value={value} onChange={onChange} choices={choices} error={error} />
    </Stack>
  );
}

function Field({ label, type, value, onChange, choices, error }: Omit<Props, 'types'> & { type: ValueType }) {
  const { t } = useSay();
  const common = { label, error, 'data-autofocus': true };
  switch (type) {
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => typeof next === 'number' && onChange(next)}
        />
      );
    case 'boolean':
      return (
        <Select
          {...common}
          data={[
            { value: 'true', label: t('conditions.value.true') },
            { value: 'false', label: t('conditions.value.false') },
          ]}
          value={String(value ?? true)}
          onChange={(next) => onChange(next === 'true')}
          allowDeselect={false}
        />
      );
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={typeof value === 'object' && 'date' in value ? value.date : ''}
          onChange={(event) => event.currentTarget.value && onChange({ date: event.currentTarget.value })}
        />
      );
    case 'dateTime':
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={typeof value === 'object' && 'dateTime' in value ? value.dateTime.slice(0, 16) : ''}
          description={t('conditions.value.utc')}
          onChange={(event) => event.currentTarget.value && onChange({ dateTime: `${event.currentTarget.value}:00Z` })}
        />
      );
    case 'choices':
      return (
        <TagsInput
          {...common}
          data={choices ?? []}
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
          acceptValueOnBlur
        />
      );
    default:
      return choices && choices.length > 0 ? (
        <Select
          {...common}
          data={choices}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => onChange(next ?? '')}
          searchable
        />
      ) : (
        <TextInput
          {...common}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={500}
        />
      );
  }
}
