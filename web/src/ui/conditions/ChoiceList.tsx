import { NavLink, ScrollArea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';

/** A short list of words, one of which is meant: a press chooses it. */
export function ChoiceList<V extends string>({
  value,
  options,
  onChoose,
}: {
  value: V;
  options: { value: V; label: string }[];
  onChoose: (value: V) => void;
}) {
  return (
    <ScrollArea.Autosize mah={280}>
      {options.map((option) => (
        <NavLink
          key={option.value}
          component="button"
          type="button"
          label={option.label}
          aria-pressed={option.value === value}
          data-autofocus={option.value === value || undefined}
          rightSection={option.value === value ? <IconCheck size={14} /> : undefined}
          onClick={() => onChoose(option.value)}
        />
      ))}
    </ScrollArea.Autosize>
  );
}
