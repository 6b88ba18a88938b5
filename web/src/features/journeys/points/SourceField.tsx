import { SegmentedControl, Stack, TextInput } from '@mantine/core';
import type { Telling } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';

interface Props {
  label: string;
  property: string | undefined;
  field: string | undefined;
  telling: Telling;
  error?: string;
  /** One of the two. */
  onChange: (property: string | undefined, field: string | undefined) => void;
}

/** A property of the contact, or a field of the event that brought it in. */
export function SourceField({ label, property, field, telling, error, onChange }: Props) {
  const { t } = telling;
  return (
    <Stack gap={8}>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={field === undefined ? 'property' : 'field'}
        onChange={(kind) => (kind === 'field' ? onChange(undefined, '') : onChange('', undefined))}
        data={(['property', 'field'] as const).map((value) => ({ value, label: t(`points.source.${value}`) }))}
      />
      {field === undefined ? (
        <NamePicker
          kind="property"
          label={label}
          value={property || undefined}
          error={error}
          onChange={(name) => onChange(name ?? '', undefined)}
        />
      ) : (
        <TextInput
          label={label}
          description={t('points.source.fieldHint')}
          value={field}
          maxLength={200}
          error={error}
          onChange={(event) => onChange(undefined, event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}
