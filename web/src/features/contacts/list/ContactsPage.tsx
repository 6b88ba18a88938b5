import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { SearchBox } from '@/ui/SearchBox';
import { Tabs } from '@/ui/Tabs';
import { useKeyset } from '@/ui/table/useKeyset';
import { contactTabs } from '../contactTabs';
import { NewContact } from '../edit/NewContact';
import { ContactsTable } from './ContactsTable';
import { useContacts } from './useContacts';

/** Everybody, newest first, a page at a time: as quick with a million as with ten. */
export function ContactsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const [settled] = useDebouncedValue(search, 250);
  const keyset = useKeyset();
  const [creating, { open, close }] = useDisclosure();
  const contacts = useContacts(settled, keyset.after);
  const change = (value: string) => {
    keyset.begin();
    setParams(value ? { q: value } : {}, { replace: true });
  };
  return (
    <Page
      title={t('contacts.title')}
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
        tabs={contactTabs(t)}
        aside={<SearchBox label={t('contacts.search')} value={search} onChange={change} width={270} />}
      />
      {contacts.isError ? (
        <Failure error={contacts.error} onRetry={() => void contacts.refetch()} />
      ) : (
        <ContactsTable
          contacts={contacts.data?.items}
          stale={contacts.isPlaceholderData}
          searched={settled !== ''}
          from={keyset.page}
          onNewer={keyset.newer}
          onOlder={keyset.older(contacts.data?.next)}
        />
      )}
      <NewContact opened={creating} onClose={close} />
    </Page>
  );
}
