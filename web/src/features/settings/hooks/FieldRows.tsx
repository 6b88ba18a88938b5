import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Rows } from '../Rows';
import type { FieldRow } from './draft';
import { PlaceField } from './PlaceField';
import { nameOf, type Place } from './places';

interface Props {
  title: string;
  hint: string;
  /** Its field in the mapping, by which errors name it. */
  field: string;
  rows: readonly FieldRow[];
  places: readonly Place[];
  /** Of the server by name, of the form by place: `data/total`, `data#0`. */
  errors: Record<string, string>;
  onChange: (rows: FieldRow[]) => void;
}

/** Names, and where in the body stands what each becomes. */
export function FieldRows({ title, hint, field, rows, places, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Rows
      title={title}
      hint={hint}
      rows={rows}
      add={t('settings.hooks.addField')}
      remove={({ name }) => t('settings.hooks.removeField', { name })}
      empty={{ name: '', path: '' }}
      onChange={onChange}
    >
      {(row, at, change) => (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            flex={1}
            aria-label={t('settings.hooks.fieldName')}
            placeholder={t('settings.hooks.fieldName')}
            value={row.name}
            error={errors[`${field}#${at}`] ?? errors[`${field}/${row.name.trim()}`]}
            onChange={(event) => change({ ...row, name: event.currentTarget.value })}
          />
          <div style={{ flex: 1.4, minWidth: 0 }}>
            <PlaceField
              hidden
              example="/customer/town"
              label={t('settings.hooks.fieldPlace')}
              places={places}
              value={row.path}
              // The name follows the place until somebody writes one.
              onChange={(path) =>
                change({ name: row.name === '' || row.name === nameOf(row.path) ? nameOf(path) : row.name, path })
              }
            />
          </div>
        </Group>
      )}
    </Rows>
  );
}
