import type { TFunction } from 'i18next';
import type { PageTab } from '@/ui/Tabs';

/** What belongs to the contacts, on pages of its own. */
export function contactTabs(t: TFunction): readonly PageTab[] {
  return [
    { to: '/contacts', text: t('contacts.tabs.all'), end: true },
    { to: '/contacts/lists', text: t('contacts.tabs.lists') },
    { to: '/contacts/tags', text: t('contacts.tabs.tags') },
    { to: '/contacts/imports', text: t('contacts.tabs.imports') },
  ];
}
