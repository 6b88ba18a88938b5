import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import type { Condition } from '@/ui/conditions/condition';
import { Empty } from '@/ui/Empty';
import { Page } from '@/ui/Page';
import { PageShape } from '@/ui/PageShape';
import { NewContact } from '../edit/NewContact';
import { ContactsLooked } from './ContactsLooked';
import { keptColumns, lookingOf } from './looking';
import { TotalContacts } from './TotalContacts';
import type { ContactFilter } from './useContacts';
import { useExport } from './useExport';
import { useViews } from './useViews';

/** Everybody, newest first, a page at a time: as quick with a million as with ten. Which view one looks through stands in the address. */
export function ContactsPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  // Another page may say of whom it speaks: those who have a tag.
  const asked = useLocation();
  const brought = (asked.state as { condition?: Condition } | null)?.condition;
  const id = params.get('view');
  const views = useViews();
  const view = views.data?.find((one) => one.id === id);
  const [creating, { open, close }] = useDisclosure();
  const [filter, setFilter] = useState<ContactFilter>({ search: '', condition: undefined });
  const toFile = useExport();
  if (id && views.isPending) return <PageShape />;
  const looking = view
    ? lookingOf(view)
    : { search: params.get('q') ?? '', condition: brought, oldestFirst: false, ...keptColumns() };
  return (
    <Page
      title={t('contacts.title')}
      aside={<TotalContacts />}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={toFile.isPending}
            onClick={() => toFile.mutate({ filter })}
          >
            {t('contacts.export.button')}
          </Button>
          <Button component={Link} to="/contacts/import" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
            {t('contacts.import')}
          </Button>
          <Button onClick={open} leftSection={<IconPlus size={16} aria-hidden />}>
            {t('contacts.new')}
          </Button>
        </>
      }
    >
      {id && views.data && !view ? (
        <Empty
          title={t('contacts.views.gone')}
          text={t('contacts.views.goneText')}
          action={
            <Button component={Link} to="/contacts">
              {t('contacts.views.everybody')}
            </Button>
          }
        />
      ) : (
        // Another view begins anew; a saved one goes on as it is.
        <ContactsLooked
          key={id ?? (brought ? asked.key : '')}
          views={views.data ?? []}
          view={view}
          beginning={looking}
          onFilter={setFilter}
        />
      )}
      <NewContact opened={creating} onClose={close} />
    </Page>
  );
}
