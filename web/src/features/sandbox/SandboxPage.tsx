import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { SearchBox } from '@/ui/SearchBox';
import { Pager } from '@/ui/table/Pager';
import { useKeyset } from '@/ui/table/useKeyset';
import { SandboxTable } from './SandboxTable';
import { useLookAtSandbox } from './useLookAtSandbox';

const MAILS_A_PAGE = 50;

/** Mails that stayed here instead of leaving: as many as one wants to try, and nobody gets any. */
export function SandboxPage() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const keyset = useKeyset();
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search.trim(), 250);
  const mails = useQuery({
    queryKey: ['sandbox', settled, keyset.after],
    placeholderData: keepPreviousData,
    refetchInterval: keyset.page === 0 && !settled ? 3_000 : false,
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/sandbox', {
          params: { query: { limit: MAILS_A_PAGE, after: keyset.after, search: settled || undefined } },
          signal,
        }),
      ),
  });
  const from = keyset.page * MAILS_A_PAGE;
  const items = mails.data?.items;
  // Whoever sees the newest has seen what there is.
  const newest = keyset.page === 0 && !settled && !mails.isPlaceholderData ? items?.[0]?.key : undefined;
  const { mutate: look } = useLookAtSandbox();
  useEffect(() => {
    if (newest) look();
  }, [newest, look]);
  return (
    <Page
      title={t('sandbox.title')}
      below={t('sandbox.lead')}
      actions={
        <SearchBox
          label={t('sandbox.search')}
          value={search}
          onChange={(typed) => {
            keyset.begin();
            setSearch(typed);
          }}
        />
      }
    >
      <AsOf query={mails} />
      {mails.isError && !items ? (
        <Failure error={mails.error} onRetry={() => void mails.refetch()} />
      ) : (
        <SandboxTable
          mails={items}
          searched={settled !== ''}
          stale={mails.isPlaceholderData}
          footer={
            items && (keyset.page > 0 || mails.data?.next) ? (
              <>
                <span>{t('sandbox.range', { from: number(from + 1), to: number(from + items.length) })}</span>
                <Pager onNewer={keyset.newer} onOlder={keyset.older(mails.data?.next)} />
              </>
            ) : undefined
          }
        />
      )}
    </Page>
  );
}
