import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { tagsQuery } from '@/api/queries';
import { matchesWords } from '@/lib/matchesWords';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Empty } from '@/ui/Empty';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { SearchBox } from '@/ui/SearchBox';
import { Tabs } from '@/ui/Tabs';
import { Tag } from '@/ui/Tag';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { UsedByButton } from '@/ui/uses/UsedByButton';
import { contactTabs } from '../contactTabs';

/** Tags come into being by being used; here one sees how many have each. */
export function TagsPage() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [search, setSearch] = useState('');
  const tags = useQuery(tagsQuery);
  const columns: readonly Column<Schemas['TagView']>[] = [
    { key: 'name', head: t('lists.tag'), cell: ({ name }) => <Tag>{name}</Tag> },
    {
      key: 'contacts',
      head: t('contacts.title'),
      numeric: true,
      width: 140,
      cell: ({ name, contacts }) => (
        <Link
          to="/contacts"
          state={{ condition: { kind: 'tag', name } }}
          aria-label={t('lists.whoHasTag', { name, count: contacts, number: number(contacts) })}
        >
          {number(contacts)}
        </Link>
      ),
    },
    {
      key: 'uses',
      head: t('frame.uses.usedBy'),
      hideHead: true,
      numeric: true,
      width: 56,
      cell: ({ name }) => <UsedByButton kind="tag" name={name} />,
    },
  ];
  return (
    <Page title={t('contacts.title')}>
      <Tabs
        tabs={contactTabs(t)}
        label={t('contacts.title')}
        aside={<SearchBox label={t('lists.searchTags')} value={search} onChange={setSearch} />}
      />
      <AsOf query={tags} />
      {tags.isLoadingError ? (
        <Failure error={tags.error} onRetry={() => void tags.refetch()} />
      ) : (
        <DataTable
          label={t('contacts.tabs.tags')}
          columns={columns}
          rows={tags.data?.filter(({ name }) => matchesWords(search, name))}
          rowKey={({ name }) => name}
          empty={<Empty title={t('lists.noTags')} text={t('lists.noTagsText')} />}
        />
      )}
    </Page>
  );
}
