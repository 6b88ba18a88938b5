import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, take } from '@/api/client';
import { listsQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Failure } from '@/ui/Failure';
import { MembersTable } from '@/ui/members/MembersTable';
import { Page } from '@/ui/Page';
import { useKeyset } from '@/ui/table/useKeyset';
import { UsedBy } from '@/ui/uses/UsedBy';
import { useListCounts } from './useLists';

/** Who is on a list. */
export function ListPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const title = useQuery(listsQuery).data?.find((list) => list.id === id)?.value?.title ?? id;
  const { number } = useFormats();
  const counts = useListCounts().data;
  const count = counts && (counts.get(id) ?? 0);
  const keyset = useKeyset();
  const members = useQuery({
    queryKey: ['lists', id, 'members', keyset.after],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/lists/{id}/members', { params: { path: { id }, query: { limit: 50, after: keyset.after } }, signal }),
      ),
  });
  return (
    <Page
      title={title}
      above={<Link to="/contacts/lists">{t('contacts.tabs.lists')}</Link>}
      aside={count === undefined ? undefined : t('contacts.total', { count, number: number(count) })}
      below={<UsedBy kind="list" name={id} />}
    >
      <AsOf query={members} />
      {members.isLoadingError ? (
        <Failure error={members.error} onRetry={() => void members.refetch()} />
      ) : (
        <MembersTable
          label={title}
          members={members.data?.items}
          next={members.data?.next}
          keyset={keyset}
          emptyTitle={t('lists.nobody')}
          emptyText={t('lists.nobodyText')}
        />
      )}
    </Page>
  );
}
