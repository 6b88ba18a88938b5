import { useDebouncedValue } from '@mantine/hooks';
import { IconCommand, IconHistory, IconMail, IconMapPin, IconRoute2, IconUser, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import { foundName } from '@/api/contactName';
import { journeyNamesQuery } from '@/api/queries';
import { matchesWords } from '@/lib/matchesWords';
import { type Icon, places, placesBelow } from '../navigation/places';
import { journeyCommands } from './journeyCommands';
import { recent } from './recent';

export interface Found {
  to: string;
  text: string;
  note?: string;
  icon: Icon;
}

interface Group {
  label: string;
  items: Found[];
}

/** What the words find, in groups. Without words: where one was lately, and where one can go. */
export function useFound(query: string): Group[] {
  const { t } = useTranslation();
  const words = query.trim();
  const found = useSearch(words);
  const journeys = useQuery(journeyNamesQuery).data;
  const orders = words
    ? journeyCommands(
        words,
        [...(journeys ?? [])].map(([id, { name, status }]) => ({ id, name, status })),
        (command, name) => t(`frame.search.command.${command}`, { name }),
      )
    : [];
  const commands: Found[] = [
    ...[...places, ...placesBelow].map(({ to, text, icon }) => ({ to, text: t(text), icon })),
    { to: '/journeys/new', text: t('journeys.home.new'), icon: IconCommand },
    { to: '/journeys/new/guided', text: t('create.guided.title'), icon: IconCommand },
    { to: '/contacts/import', text: t('imports.title'), icon: IconCommand },
    { to: '/profile', text: t('frame.account.profile'), icon: IconUser },
  ];
  const groups = words
    ? [
        {
          label: t('frame.nav.journeys'),
          items: (found?.journeys ?? []).map(({ id, name, status }) => ({
            to: `/journeys/${id}`,
            text: name,
            note: t(`journeys.status.${status}`),
            icon: IconRoute2,
          })),
        },
        {
          label: t('frame.search.points'),
          items: (found?.points ?? []).map(({ journey, journeyName, point, name }) => ({
            to: `/journeys/${journey}?point=${encodeURIComponent(point)}`,
            text: name,
            note: journeyName,
            icon: IconMapPin,
          })),
        },
        {
          label: t('frame.nav.contacts'),
          items: (found?.contacts ?? []).map((contact) => ({
            to: `/contacts/${contact.id}`,
            text: foundName(contact),
            note: contact.email ?? contact.userId ?? undefined,
            icon: IconUser,
          })),
        },
        {
          label: t('frame.nav.segments'),
          items: (found?.segments ?? []).map(({ name }) => ({
            to: `/segments/${encodeURIComponent(name)}`,
            text: name,
            icon: IconUsersGroup,
          })),
        },
        {
          label: t('frame.nav.content'),
          items: (found?.content ?? []).map(({ name }) => ({
            to: `/content/${encodeURIComponent(name)}`,
            text: name,
            icon: IconMail,
          })),
        },
        { label: t('frame.search.orders'), items: orders.map((order) => ({ ...order, icon: IconCommand })) },
        { label: t('frame.search.commands'), items: commands.filter(({ text }) => matchesWords(words, text)) },
      ]
    : [
        { label: t('frame.search.recent'), items: recent().map((visited) => ({ ...visited, icon: IconHistory })) },
        { label: t('frame.search.commands'), items: commands },
      ];
  return groups.filter(({ items }) => items.length > 0);
}

function useSearch(words: string) {
  const [settled] = useDebouncedValue(words, 200);
  const found = useQuery<Schemas['SearchView']>({
    queryKey: ['search', settled],
    enabled: settled !== '' && words !== '',
    // Found by fewer of the same letters, it may stay until more is known; what other words found may not.
    placeholderData: (before, query) => (settled.startsWith(String(query?.queryKey[1] ?? ' ')) ? before : undefined),
    staleTime: 10_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/search', { params: { query: { q: settled } }, signal })),
  }).data;
  return words.startsWith(settled) ? found : undefined;
}
