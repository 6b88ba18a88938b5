import { useDebouncedValue } from '@mantine/hooks';
import { IconCommand, IconHistory, IconMail, IconRoute2, IconUser, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { contactAddress, contactName } from '@/api/contactName';
import { identityOf } from '@/api/identityOf';
import { contentsQuery, journeyNamesQuery, segmentsQuery } from '@/api/queries';
import { matchesWords } from '@/lib/matchesWords';
import { type Icon, places, placesBelow } from '../navigation/places';
import { recent } from './recent';

export interface Found {
  to: string;
  text: string;
  note?: string;
  icon: Icon;
}

const MOST = 6;

/** What the words find, in groups. Without words: where one was lately, and where one can go. */
export function useFound(query: string): { label: string; items: Found[] }[] {
  const { t } = useTranslation();
  const journeys = useQuery(journeyNamesQuery).data;
  const segments = useQuery(segmentsQuery).data ?? [];
  const contents = useQuery(contentsQuery).data ?? [];
  const contacts = useContactsFound(query);
  const words = query.trim();
  const filter = (items: Found[]) =>
    items.filter(({ text, note }) => matchesWords(words, `${text} ${note ?? ''}`)).slice(0, MOST);

  const commands: Found[] = [
    ...[...places, ...placesBelow].map(({ to, text, icon }) => ({ to, text: t(text), icon })),
    { to: '/journeys/new', text: t('journeys.home.new'), icon: IconCommand },
    { to: '/contacts/import', text: t('imports.title'), icon: IconCommand },
    { to: '/profile', text: t('frame.account.profile'), icon: IconUser },
  ];
  const groups = words
    ? [
        {
          label: t('frame.nav.journeys'),
          items: filter(
            [...(journeys ?? [])].map(([id, { name, status }]) => ({
              to: `/journeys/${id}`,
              text: name,
              note: t(`journeys.status.${status}`),
              icon: IconRoute2,
            })),
          ),
        },
        { label: t('frame.nav.contacts'), items: contacts },
        {
          label: t('frame.nav.segments'),
          items: filter(
            segments.map(({ name, description }) => ({
              to: `/segments/${encodeURIComponent(name)}`,
              text: name,
              note: description ?? undefined,
              icon: IconUsersGroup,
            })),
          ),
        },
        {
          label: t('frame.nav.content'),
          items: filter(contents.map(({ name }) => ({ to: `/content/${encodeURIComponent(name)}`, text: name, icon: IconMail }))),
        },
        { label: t('frame.search.commands'), items: filter(commands) },
      ]
    : [
        { label: t('frame.search.recent'), items: recent().map((visited) => ({ ...visited, icon: IconHistory })) },
        { label: t('frame.search.commands'), items: commands },
      ];
  return groups.filter(({ items }) => items.length > 0);
}

function useContactsFound(query: string): Found[] {
  const [settled] = useDebouncedValue(query.trim(), 250);
  const found = useQuery({
    queryKey: ['search', 'contacts', settled],
    enabled: settled.length > 1,
    staleTime: 10_000,
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/contacts', { params: { query: { limit: MOST, ...identityOf(settled) } }, signal })),
  });
  if (settled.length < 2) return [];
  return (found.data?.items ?? []).map((contact) => ({
    to: `/contacts/${contact.id}`,
    text: contactName(contact),
    note: contactAddress(contact),
    icon: IconUser,
  }));
}
