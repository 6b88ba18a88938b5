import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { identityOf } from '@/api/identityOf';

export type Contact = Schemas['ContactView'];
export const CONTACTS_A_PAGE = 50;

/** A page of contacts, newest first; or, with a search, whoever has exactly this address, telephone or number. */
export function useContacts(search: string, after: string | undefined) {
  return useQuery({
    queryKey: ['contacts', search, after],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/contacts', { params: { query: { limit: CONTACTS_A_PAGE, after, ...identityOf(search) } }, signal })),
  });
}
