import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PlaceField } from './PlaceField';
import { nameOf, type Place } from './places';

export interface FieldRow {
  name: string;
  path: string;
}

interface Props {
  title: string;
  hint: string;
  /** Its field in the mapping, by which errors name it. */
  field: string;
  rows: readonly FieldRow[];
  places: readonly Place[];
  errors: Record<string, string>;
  onChange: (rows: FieldRow[]) => void;
}

/** Names, and where in the body stands what each becomes. */
export function FieldRows({ title, hint, field, rows, places, errors, onChange }: Props) {
  const { t } = useTranslation();
  const change = (at: number, row: FieldRow) => onChange(rows.map((one, index) => (index === at ? row : one)));
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="var(--p-ink-2)">
        {hint}
      </Text>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed.
        <Group key={at} gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            flex={1}
            aria-label={t('settings.hooks.fieldName')}
            placeholder={t('settings.hooks.fieldName')}
            value={row.name}
            error={errors[`${field}/${row.name}`]}
            onChange={(event) => change(at, { ...row, name: event.currentTarget.value })}
          />
          <div style={{ flex: 1.4, minWidth: 0 }}>
            <PlaceField
              hidden
              label={t('settings.hooks.fieldPlace')}
              places={places}
              value={row.path}
              onChange={(path) => change(at, { name: row.name || nameOf(path), path })}
            />
          </div>
          <ActionIcon
            size={36}
            aria-label={t('settings.hooks.removeField', { name: row.name })}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...rows, { name: '', path: '' }])}
      >
        {t('settings.hooks.addField')}
      </Button>
    </Stack>
  );
}
