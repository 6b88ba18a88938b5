import { Autocomplete, Group, Text } from '@mantine/core';
import type { Place } from './places';

interface Props {
  label: string;
  /** The label is told, and not shown: in a row. */
  hidden?: boolean;
  hint?: string;
  /** What such a place may be called, as long as none is said. */
  example: string;
  places: readonly Place[];
  value: string;
  error?: string;
  onChange: (path: string) => void;
}

/** A place in a body: typed, or chosen from those of the sample with what stands there. */
export function PlaceField({ label, hidden, hint, example, places, value, error, onChange }: Props) {
  const shows = new Map(places.map((place) => [place.path, place.shows]));
  return (
    <Autocomplete
      label={hidden ? undefined : label}
      aria-label={hidden ? label : undefined}
      description={hint}
      placeholder={example}
      data={places.map(({ path }) => path)}
      limit={50}
      maxDropdownHeight={260}
      value={value}
      error={error}
      onChange={onChange}
      renderOption={({ option }) => (
        <Group gap="xs" justify="space-between" wrap="nowrap" w="100%">
          <Text size="sm">{option.value}</Text>
          <Text size="sm" c="var(--p-ink-2)" truncate>
            {shows.get(option.value)}
          </Text>
        </Group>
      )}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
