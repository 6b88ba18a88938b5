import { TagsInput } from '@mantine/core';
import type { Value } from '@/ui/conditions/condition';
import type { Telling } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { useProperties } from '@/ui/pickers/useNames';
import { withField } from '../definition/exits';

interface Change {
  property: string;
  to?: Value[];
  from?: Value[];
}

/** A property takes another value: which one, from what, to what. */
export function PropertyChange<C extends Change>({
  label,
  change,
  telling,
  errorAt,
  onChange,
}: {
  label: string;
  change: C;
  telling: Telling;
  errorAt: (field: string) => string | undefined;
  onChange: (change: C) => void;
}) {
  const { t } = telling;
  const properties = useProperties();
  const known = properties.data?.find((property) => property.name === change.property);
  const typed = (text: string): Value => {
    if (known?.type === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
    if (known?.type === 'boolean') return text === 'true';
    if (known?.type === 'date') return { date: text };
    return text;
  };
  const shown = (value: Value) =>
    typeof value === 'object' && !Array.isArray(value) ? ('date' in value ? value.date : value.dateTime) : String(value);
  const values = (field: 'to' | 'from') => (
    <TagsInput
      label={t(`points.propertyChange.${field}`)}
      description={t(`points.propertyChange.${field}Hint`)}
      data={known?.type === 'boolean' ? ['true', 'false'] : (known?.choices ?? [])}
      value={(change[field] ?? []).map(shown)}
      error={errorAt(field)}
      acceptValueOnBlur
      onChange={(texts) => onChange(withField(change, field, texts.length === 0 ? undefined : texts.map(typed)))}
    />
  );
  return (
    <>
      <NamePicker
        kind="property"
        label={label}
        value={change.property || undefined}
        error={errorAt('property')}
        onChange={(property) => onChange({ ...change, property: property ?? '' })}
      />
      {values('to')}
      {values('from')}
    </>
  );
}
