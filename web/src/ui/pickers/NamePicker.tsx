import { Autocomplete, Select, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSay } from '@/lib/say';
import {
  useContents,
  useEventNames,
  useJourneyNames,
  useLists,
  useProperties,
  useSegments,
  useTags,
  useTopics,
} from './useNames';

export type NameKind = 'tag' | 'list' | 'segment' | 'topic' | 'content' | 'property' | 'event' | 'journey';

interface Props {
  kind: NameKind;
  label: ReactNode;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  hint?: ReactNode;
  error?: ReactNode;
  clearable?: boolean;
  placeholder?: string;
  autoFocus?: boolean;
}

function useOptions(kind: NameKind): (string | { value: string; label: string })[] {
  const queries = {
    tag: useTags(),
    list: useLists(),
    segment: useSegments(),
    topic: useTopics(),
    content: useContents(),
    property: useProperties(),
    event: useEventNames(),
    journey: useJourneyNames(),
  };
  if (kind === 'property') return (queries.property.data ?? []).map((property) => property.name);
  return queries[kind].data ?? [];
}

/** Tags, properties and events are made by being named; the others must be there to be chosen. */
const free: ReadonlySet<NameKind> = new Set(['tag', 'property', 'event']);

/** Chooses one thing by its name, from what there is. */
export function NamePicker({ kind, label, value, onChange, hint, error, clearable, placeholder, autoFocus }: Props) {
  const { t } = useSay();
  const options = useOptions(kind);
  const common = {
    label,
    description: hint,
    error,
    placeholder: placeholder ?? t(`conditions.pick.${kind}`),
    'data-autofocus': autoFocus,
  };
  if (free.has(kind))
    return (
      <Autocomplete
        {...common}
        data={options.map((option) => (typeof option === 'string' ? option : option.value))}
        value={value ?? ''}
        onChange={(text) => onChange(text === '' ? undefined : text)}
        limit={50}
        maxLength={200}
        comboboxProps={{ withinPortal: true }}
      />
    );
  const known = options.some((option) => (typeof option === 'string' ? option : option.value) === value);
  // What was chosen once and is gone stays visible: the check says that it is missing.
  const data = value && !known ? [value, ...(options as string[])] : options;
  return (
    <Select
      {...common}
      data={data as string[]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      searchable
      clearable={clearable}
      limit={50}
      nothingFoundMessage={t(`conditions.none.${kind}`)}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

/** Several events by name: those seen so far are offered, others may be typed. */
export function EventsPicker({
  label,
  value,
  onChange,
  error,
  autoFocus,
}: {
  label: ReactNode;
  value: string[];
  onChange: (value: string[]) => void;
  error?: ReactNode;
  autoFocus?: boolean;
}) {
  const { t } = useSay();
  const names = useEventNames();
  return (
    <TagsInput
      label={label}
      error={error}
      data={names.data ?? []}
      value={value}
      onChange={onChange}
      placeholder={value.length === 0 ? t('conditions.pick.event') : undefined}
      data-autofocus={autoFocus}
      acceptValueOnBlur
      limit={50}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
