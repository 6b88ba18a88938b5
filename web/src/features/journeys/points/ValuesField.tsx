import { TagsInput } from '@mantine/core';
import type { Value } from '@/ui/conditions/condition';
import { useProperties } from '@/ui/pickers/useNames';

interface Props {
  label: string;
  hint?: string;
  /** Whose values they are: its type says what is meant by what is typed, its choices are offered. */
  property: string | undefined;
  value: Value[];
  error?: string;
  onChange: (values: Value[]) => void;
}

/** Several values of one property. */
export function ValuesField({ label, hint, property, value, error, onChange }: Props) {
  const properties = useProperties();
  const known = properties.data?.find((one) => one.name === property);
  return (
    <TagsInput
      label={label}
      description={hint}
      data={known?.type === 'boolean' ? ['true', 'false'] : (known?.choices ?? [])}
      value={value.map(textOf)}
      error={error}
      onChange={(texts) => onChange(texts.map((text) => readAs(text, known?.type)))}
      acceptValueOnBlur
    />
  );
}

function textOf(value: Value): string {
  if (typeof value !== 'object' || Array.isArray(value)) return String(value);
  return 'date' in value ? value.date : value.dateTime;
}

/** What is typed is a text, unless the property is of another type. */
function readAs(text: string, type: string | undefined): Value {
  const number = Number(text);
  if ((type === 'number' || type === undefined) && text.trim() !== '' && String(number) === text.trim()) return number;
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text) ? { date: text } : text;
}
