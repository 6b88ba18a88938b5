import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { propertiesQuery } from '@/api/queries';
import { matchesWords } from '@/lib/matchesWords';
import { BUILT_IN, type Looking } from './looking';

const columnsMax = 20;

interface Props extends Pick<Looking, 'columns' | 'hidden'> {
  onChange: (columns: Partial<Pick<Looking, 'columns' | 'hidden'>>) => void;
}

/** Which columns the table has: its own, and properties. */
export function ColumnsMenu({ columns, hidden, onChange }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useState('');
  const seen = useQuery({
    queryKey: ['properties', 'seen'],
    enabled: opened,
    staleTime: 30_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/seen/properties', { signal })),
  }).data;
  const declared = useQuery(propertiesQuery).data;
  const titleOf = (name: string) => declared?.find(({ id }) => id === name)?.value?.title || name;
  // What is shown stays in the list, whether or not anybody has it at present.
  const names = [...new Set([...columns, ...(seen ?? []).map(({ name }) => name)])].filter((name) =>
    matchesWords(search, `${titleOf(name)} ${name}`),
  );
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={34}
          aria-label={t('contacts.columns.title')}
          title={t('contacts.columns.title')}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconColumns3 size={17} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Group justify="space-between" mb={8}>
          <Text fw={600}>{t('contacts.columns.title')}</Text>
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={columns.length + hidden.length === 0}
            onClick={() => onChange({ columns: [], hidden: [] })}
          >
            {t('contacts.columns.reset')}
          </Button>
        </Group>
        <Stack gap={8} mb={12}>
          {BUILT_IN.map((name) => (
            <Checkbox
              key={name}
              label={t(`contacts.${name === 'journeys' ? 'inJourneys' : name}`)}
              checked={!hidden.includes(name)}
              onChange={(event) =>
                onChange({ hidden: event.currentTarget.checked ? hidden.filter((one) => one !== name) : [...hidden, name] })
              }
            />
          ))}
        </Stack>
        <Text size="sm" fw={500} mb={6}>
          {t('contacts.columns.properties')}
        </Text>
        <TextInput
          aria-label={t('contacts.columns.search')}
          placeholder={t('contacts.columns.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb={10}
          data-autofocus
        />
        <ScrollArea.Autosize mah={280}>
          <Stack gap={8}>
            {names.map((name) => (
              <Checkbox
                key={name}
                label={titleOf(name)}
                checked={columns.includes(name)}
                disabled={columns.length >= columnsMax && !columns.includes(name)}
                onChange={(event) =>
                  onChange({
                    columns: event.currentTarget.checked ? [...columns, name] : columns.filter((column) => column !== name),
                  })
                }
              />
            ))}
            {seen && names.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('contacts.columns.none')}
              </Text>
            )}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
