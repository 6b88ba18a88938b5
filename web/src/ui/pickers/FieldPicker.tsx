import { Autocomplete } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEventFields } from './useNames';

interface Props {
  label: ReactNode;
  value: string;
  onChange: (field: string) => void;
  /** Whose fields are offered. Without a name none are: any can be written. */
  events?: readonly string[];
  hint?: ReactNode;
  error?: ReactNode;
  autoFocus?: boolean;
}

/** A field of an event by its path; those that came lately are offered, with some of their values. */
export function FieldPicker({ label, value, onChange, events = [], hint, error, autoFocus }: Props) {
  const { data } = useEventFields(events);
  const samples = new Map(data.map((field) => [field.name, field.values.slice(0, 2).join(', ')]));
  return (
    <Autocomplete
      label={label}
      description={hint}
      error={error}
      value={value}
      onChange={onChange}
      data={[...samples.keys()]}
      renderOption={({ option }) => (
        <span>
          {option.value}
          <span style={{ color: 'var(--p-ink-2)', marginInlineStart: 8 }}>{samples.get(option.value)}</span>
        </span>
      )}
      limit={50}
      maxLength={200}
      comboboxProps={{ withinPortal: true }}
      data-autofocus={autoFocus}
    />
  );
}
