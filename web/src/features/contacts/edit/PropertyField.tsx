import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { DatePickerInput, DateTimePicker } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';

interface Props {
  name: string;
  body: Schemas['PropertyBody'] | undefined;
  value?: unknown;
  /** In the place of the property's own name. */
  label?: string;
  error?: string;
  onChange?: (value: unknown) => void;
}

/** The field that a property's type asks for; without a declared type, that of the value it has. */
export function PropertyField({ name, body, value, label, error, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const field = { label: label ?? body?.title ?? name, error };
  const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
  switch (typeOf(body, value)) {
    case 'number':
      return (
        <NumberInput
          {...field}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange?.(next === '' ? '' : Number(next))}
        />
      );
    case 'boolean':
      return (
        <Select
          {...field}
          clearable
          value={typeof value === 'boolean' ? String(value) : null}
          data={[
            { value: 'true', label: t('contacts.yes') },
            { value: 'false', label: t('contacts.no') },
          ]}
          onChange={(next) => onChange?.(next === null ? '' : next === 'true')}
        />
      );
    case 'choice':
      return (
        <Select
          {...field}
          clearable
          searchable
          value={text || null}
          data={[...(body?.choices ?? [])]}
          onChange={(next) => onChange?.(next ?? '')}
        />
      );
    case 'choices':
      return (
        <TagsInput
          {...field}
          value={Array.isArray(value) ? value.map(String) : []}
          data={[...(body?.choices ?? [])]}
          onChange={(next) => onChange?.(next)}
        />
      );
    case 'date':
      return (
        <DatePickerInput
          {...field}
          clearable
          locale={i18n.language}
          valueFormat="D MMM YYYY"
          value={text || null}
          onChange={(next) => onChange?.(next ?? '')}
        />
      );
    case 'dateTime':
      return (
        <DateTimePicker
          {...field}
          clearable
          locale={i18n.language}
          valueFormat="D MMM YYYY HH:mm"
          value={text ? new Date(text) : null}
          onChange={(next) => onChange?.(next ? new Date(next.replace(' ', 'T')).toISOString() : '')}
        />
      );
    default:
      return <TextInput {...field} value={text} onChange={(event) => onChange?.(event.currentTarget.value)} />;
  }
}

function typeOf(body: Schemas['PropertyBody'] | undefined, value: unknown): Schemas['ApiPropertyType'] {
  if (body?.type && body.type !== 'any') return body.type;
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'choices' : 'text';
}
