import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconFilter, IconPlus, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Condition } from '@/ui/conditions/condition';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { SearchBox } from '@/ui/SearchBox';
import { Tabs } from '@/ui/Tabs';
import { useKeyset } from '@/ui/table/useKeyset';
import { contactTabs } from '../contactTabs';
import { NewContact } from '../edit/NewContact';
import { ContactsTable } from './ContactsTable';
import { FilterBar } from './FilterBar';
import { TotalContacts } from './TotalContacts';
import { useContacts } from './useContacts';

/** Everybody, newest first, a page at a time: as quick with a million as with ten. */
export function ContactsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const [settled] = useDebouncedValue(search, 250);
  const [filtering, filter] = useDisclosure();
  const [condition, setCondition] = useState<Condition | undefined>();
  const keyset = useKeyset();
  const [creating, { open, close }] = useDisclosure();
  const chosen = { search: settled, condition: filtering ? condition : undefined };
  const contacts = useContacts(chosen, keyset.after);
  const change = (value: string) => {
    keyset.begin();
    setParams(value ? { q: value } : {}, { replace: true });
  };
  return (
    <Page
      title={t('contacts.title')}
      aside={<TotalContacts />}
      actions={
        <>
          <Button component={Link} to="/contacts/import" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
            {t('contacts.import')}
          </Button>
          <Button onClick={open} leftSection={<IconPlus size={16} aria-hidden />}>
            {t('contacts.new')}
          </Button>
        </>
      }
    >
      <Tabs
        label={t('contacts.title')}
        tabs={contactTabs(t)}
        aside={
          <>
            <SearchBox label={t('contacts.search')} value={search} onChange={change} width={250} />
            <Button
              variant={filtering ? 'light' : 'default'}
              aria-expanded={filtering}
              leftSection={<IconFilter size={16} aria-hidden />}
              onClick={filter.toggle}
            >
              {t('contacts.filter.button')}
            </Button>
          </>
        }
      />
      {filtering && (
        <FilterBar
          condition={condition}
          onChange={(next) => {
            keyset.begin();
            setCondition(next);
          }}
        />
      )}
      {contacts.isError && contacts.error.status !== 422 ? (
        <Failure error={contacts.error} onRetry={() => void contacts.refetch()} />
      ) : (
        <ContactsTable
          contacts={contacts.data?.items}
          stale={contacts.isPlaceholderData}
          filter={chosen}
          from={keyset.page}
          onNewer={keyset.newer}
          onOlder={keyset.older(contacts.data?.next)}
        />
      )}
      <NewContact opened={creating} onClose={close} />
    </Page>
  );
}
