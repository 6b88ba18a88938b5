import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { SearchBox } from '@/ui/SearchBox';
import { Tabs } from '@/ui/Tabs';
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
  const [passed, setPassed] = useState<readonly string[]>([]);
  const [creating, { open, close }] = useDisclosure();
  const contacts = useContacts(settled, passed.at(-1));
  const change = (value: string) => {
    setPassed([]);
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
          from={passed.length}
          onNewer={passed.length > 0 ? () => setPassed(passed.slice(0, -1)) : null}
          onOlder={contacts.data?.next ? () => setPassed([...passed, contacts.data.next ?? '']) : null}
        />
      )}
      <NewContact opened={creating} onClose={close} />
    </Page>
  );
}
