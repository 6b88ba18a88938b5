import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';

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

/** What somebody typed, as the identity that it looks like. */
export function identityOf(search: string): { email?: string; phone?: string; userId?: string } {
  const text = search.trim();
  if (!text) return {};
  if (text.includes('@')) return { email: text };
  return /^\+[\d\s().-]{6,}$/.test(text) ? { phone: text.replaceAll(/[^\d+]/g, '') } : { userId: text };
}
