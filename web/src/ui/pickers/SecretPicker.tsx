import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { secretsQuery } from '@/api/queries';

/** Names a stored secret: what it says is never shown. */
export function SecretPicker({
  label,
  ariaLabel,
  placeholder,
  none,
  value,
  error,
  onChange,
}: {
  label?: string;
  ariaLabel?: string;
  placeholder: string;
  none: string;
  value: string | undefined;
  error?: string;
  onChange: (name: string | undefined) => void;
}) {
  const names = (useQuery(secretsQuery).data ?? []).map(({ name }) => name);
  return (
    <Select
      label={label}
      aria-label={ariaLabel}
      placeholder={placeholder}
      // What was named once and is gone stays visible: the check says that it is missing.
      data={value && !names.includes(value) ? [value, ...names] : names}
      value={value ?? null}
      error={error}
      onChange={(name) => onChange(name ?? undefined)}
      clearable
      searchable
      nothingFoundMessage={none}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
