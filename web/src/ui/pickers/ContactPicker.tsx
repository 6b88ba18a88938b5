import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { contactAddress, contactName } from '@/api/contactName';
import { useSay } from '@/lib/say';

interface Props {
  label: string;
  value: string | null;
  onChange: (contact: string | null) => void;
  autoFocus?: boolean;
  clearable?: boolean;
}

const shown = 8;

/** Chooses somebody by the beginning of a name or an identity; without either, of the newest. */
export function ContactPicker({ label, value, onChange, autoFocus, clearable }: Props) {
  const { t } = useSay();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: ['contacts', 'pick', search],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      take(api.POST('/api/v1/contacts/search', { body: { search: search || null, limit: shown, oldestFirst: false }, signal })),
  }).data;
  return (
    <Select
      label={label}
      placeholder={t('conditions.try.search')}
      searchable
      clearable={clearable}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has looked already: whatever it found fits.
      filter={({ options }) => options}
      data={(found?.items ?? []).map((contact) => {
        const name = contactName(contact);
        const address = contactAddress(contact);
        return { value: contact.id, label: name === address ? name : `${name} · ${address}` };
      })}
      nothingFoundMessage={t('conditions.try.nobody')}
      comboboxProps={{ withinPortal: false }}
      data-autofocus={autoFocus}
    />
  );
}
