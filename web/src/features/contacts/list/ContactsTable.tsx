import { Button, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { contactAddress, contactName } from '@/api/contactName';
import { contactsAboutQuery, propertiesQuery } from '@/api/queries';
import { letterKeysOn } from '@/lib/letterKeys';
import { useFormats } from '@/lib/useFormats';
import { Avatar } from '@/ui/Avatar';
import { Chip } from '@/ui/Chip';
import { Empty } from '@/ui/Empty';
import { TagList } from '@/ui/TagList';
import { type Column, DataTable } from '@/ui/table/DataTable';
import { Pager } from '@/ui/table/Pager';
import { RowTitle } from '@/ui/table/RowTitle';
import { useValueText } from '@/ui/useValueText';
import { BulkBar } from './BulkBar';
import type { BuiltIn, Looking } from './looking';
import { PageSize } from './PageSize';
import { type Contact, type ContactFilter, isEverybody } from './useContacts';
import { useExport } from './useExport';

interface Props {
  contacts: readonly Contact[] | undefined;
  stale: boolean;
  filter: ContactFilter;
  looking: Looking;
  onOrder: (oldestFirst: boolean) => void;
  /** How many a page has. */
  size: number;
  onSize: (size: number) => void;
  /** How many pages lie before this one. */
  from: number;
  onNewer: (() => void) | null;
  onOlder: (() => void) | null;
}

export function ContactsTable({ contacts, stale, filter, looking, onOrder, size, onSize, from, onNewer, onOlder }: Props) {
  const { columns: properties, hidden, oldestFirst } = looking;
  const { t } = useTranslation();
  const { number, ago, date } = useFormats();
  const valueText = useValueText();
  const declared = useQuery(propertiesQuery).data;
  const titleOf = (name: string) => declared?.find(({ id }) => id === name)?.value?.title || name;
  const everybody = useQuery(contactsAboutQuery).data?.about;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // All of another search, or of another condition, are others: that one wanted those is not asked of these.
  const [allOf, setAllOf] = useState<ContactFilter>();
  const allChosen = allOf === filter;
  const choose = (keys: ReadonlySet<string>) => {
    setChosen(keys);
    setAllOf(undefined);
  };
  const toFile = useExport();
  const exportThem = () => toFile.mutate(chosen.size > 0 && !allChosen ? { ids: [...chosen] } : { filter });
  useHotkeys([['e', () => letterKeysOn() && exportThem()]]);
  const names = new Map((contacts ?? []).map((contact) => [contact.id, contactName(contact)]));
  const all: readonly Column<Contact>[] = [
    {
      key: 'contact',
      head: t('contacts.contact'),
      cell: (contact) => {
        const [name, address] = [contactName(contact), contactAddress(contact)];
        return (
          <RowTitle
            to={`/contacts/${contact.id}`}
            picture={<Avatar name={name} />}
            title={name}
            lead={address === name ? undefined : address}
            after={contact.archivedAt ? <Chip tone="warning">{t('contacts.archive.chip')}</Chip> : undefined}
          />
        );
      },
    },
    ...properties.map(
      (name): Column<Contact> => ({
        key: `property ${name}`,
        head: titleOf(name),
        wide: true,
        cell: (contact) => valueText(contact.properties[name]),
      }),
    ),
    { key: 'tags', head: t('contacts.tags'), wide: true, cell: ({ tags }) => <TagList tags={tags} max={3} /> },
    {
      key: 'journeys',
      head: t('contacts.inJourneys'),
      numeric: true,
      width: 110,
      cell: ({ enrolmentsInProgress }) =>
        enrolmentsInProgress > 0 ? number(enrolmentsInProgress) : <span style={{ color: 'var(--p-ink-3)' }}>–</span>,
    },
    {
      key: 'since',
      head: t('contacts.since'),
      wide: true,
      numeric: true,
      width: 130,
      sort: { order: oldestFirst ? 'ascending' : 'descending', onSort: (order) => onOrder(order === 'ascending') },
      cell: ({ createdAt }) => date(createdAt),
    },
    {
      key: 'lastSeen',
      head: t('contacts.lastSeen'),
      wide: true,
      numeric: true,
      width: 130,
      cell: ({ lastSeenAt }) => (lastSeenAt ? ago(lastSeenAt, new Date()) : '–'),
    },
  ];
  const columns = all.filter(({ key }) => !hidden.includes(key as BuiltIn));
  return (
    <DataTable
      main
      label={t('contacts.title')}
      columns={columns}
      rows={contacts}
      rowKey={({ id }) => id}
      stale={stale}
      selection={{ keys: chosen, onChange: choose, labelOf: (key) => t('contacts.select', { name: names.get(key) ?? key }) }}
      selectionBar={
        <BulkBar
          ids={[...chosen]}
          filter={filter}
          all={allChosen}
          onAll={() => setAllOf(filter)}
          onExport={exportThem}
          onDone={() => choose(new Set())}
        />
      }
      empty={
        !isEverybody(filter) ? (
          <Empty title={t('contacts.nobodyFound')} text={t('contacts.nobodyFoundText')} />
        ) : (
          <Empty
            title={t('contacts.nobody')}
            text={t('contacts.nobodyText')}
            action={
              <Button component={Link} to="/contacts/import">
                {t('contacts.import')}
              </Button>
            }
          />
        )
      }
      footer={
        contacts && contacts.length > 0 ? (
          <>
            <span>
              {t(
                isEverybody(filter) && everybody ? 'contacts.rangeOf' : oldestFirst ? 'contacts.rangeOldest' : 'contacts.range',
                {
                  from: number(from * size + 1),
                  to: number(from * size + contacts.length),
                  of: number(everybody ?? 0),
                },
              )}
            </span>
            <Group gap="md">
              <PageSize size={size} onSize={onSize} />
              {(onNewer || onOlder) && <Pager onNewer={onNewer} onOlder={onOlder} />}
            </Group>
          </>
        ) : undefined
      }
    />
  );
}
