import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { contactAddress, contactName } from '@/api/contactName';
import { useFormats } from '@/lib/useFormats';
import { Avatar } from '../Avatar';
import { Empty } from '../Empty';
import { TagList } from '../TagList';
import { type Column, DataTable } from '../table/DataTable';
import { Pager } from '../table/Pager';
import { RowTitle } from '../table/RowTitle';
import type { useKeyset } from '../table/useKeyset';
import { useContactsOf } from './useContactsOf';

interface Props {
  label: string;
  members: readonly Schemas['MemberView'][] | undefined;
  next: string | null | undefined;
  keyset: ReturnType<typeof useKeyset>;
  emptyTitle: string;
  emptyText: string;
}

/** Who is on a list or in a segment, and since when. The names come one by one, as the rows are seen. */
export function MembersTable({ label, members, next, keyset, emptyTitle, emptyText }: Props) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const contacts = useContactsOf((members ?? []).map(({ contact }) => contact));
  const columns: readonly Column<Schemas['MemberView']>[] = [
    {
      key: 'contact',
      head: t('frame.members.contact'),
      cell: ({ contact: id }) => {
        const contact = contacts.get(id);
        const name = contact ? contactName(contact) : id.slice(0, 8);
        const address = contact ? contactAddress(contact) : name;
        return (
          <RowTitle
            to={`/contacts/${id}`}
            picture={<Avatar name={name} />}
            title={name}
            lead={address === name ? undefined : address}
          />
        );
      },
    },
    {
      key: 'tags',
      head: t('frame.members.tags'),
      wide: true,
      cell: ({ contact }) => <TagList tags={contacts.get(contact)?.tags ?? []} max={3} />,
    },
    { key: 'since', head: t('frame.members.since'), numeric: true, width: 140, cell: ({ since }) => date(since) },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={members}
      rowKey={({ contact }) => contact}
      empty={<Empty title={emptyTitle} text={emptyText} />}
      footer={
        keyset.page > 0 || next ? (
          <>
            <span />
            <Pager onNewer={keyset.newer} onOlder={keyset.older(next)} />
          </>
        ) : undefined
      }
    />
  );
}
