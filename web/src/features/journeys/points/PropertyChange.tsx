import { Switch } from '@mantine/core';
import type { Telling } from '@/ui/conditions/telling';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PropertyChange as Change } from '../definition/journey';
import { ValuesField } from './ValuesField';

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
  const values = (field: 'to' | 'from') => (
    <>
      <ValuesField
        label={t(`points.propertyChange.${field}`)}
        hint={t(`points.propertyChange.${field}Hint`)}
        property={change.property}
        value={change[field] ?? []}
        error={errorAt(field)}
        onChange={(chosen) => onChange(withField(change, field, chosen.length === 0 ? undefined : chosen))}
      />
      <Switch
        label={t(`points.propertyChange.${field}Empty`)}
        checked={change[`${field}Empty`] ?? false}
        onChange={(event) => onChange(withField(change, `${field}Empty`, event.currentTarget.checked || undefined))}
      />
    </>
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
