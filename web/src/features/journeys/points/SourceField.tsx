import { SegmentedControl, Stack } from '@mantine/core';
import type { Telling } from '@/ui/conditions/telling';
import { FieldPicker } from '@/ui/pickers/FieldPicker';
import { NamePicker } from '@/ui/pickers/NamePicker';
import type { Journey } from '../definition/journey';
import { startingEvents } from './sampleEvent';

interface Props {
  label: string;
  journey: Journey;
  property: string | undefined;
  field: string | undefined;
  telling: Telling;
  error?: string;
  /** One of the two. */
  onChange: (property: string | undefined, field: string | undefined) => void;
}

/** A property of the contact, or a field of the event that brought it in. */
export function SourceField({ label, journey, property, field, telling, error, onChange }: Props) {
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
        <FieldPicker
          label={label}
          hint={t('points.source.fieldHint')}
          events={startingEvents(journey.start)}
          value={field}
          error={error}
          onChange={(name) => onChange(undefined, name)}
        />
      )}
    </Stack>
  );
}
