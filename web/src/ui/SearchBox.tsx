import { Kbd, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';

/** Searches in a list; "/" goes there from anywhere on the page. */
export function SearchBox({
  label,
  value,
  onChange,
  width = 230,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  width?: number;
}) {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
      rightSection={
        value ? null : (
          <Kbd size="xs" visibleFrom="sm">
            /
          </Kbd>
        )
      }
      rightSectionPointerEvents="none"
      // On a phone it leaves room for what stands beside it.
      w={{ base: 140, sm: width }}
      flex={{ base: 1, sm: 'none' }}
      maw="100%"
    />
  );
}
