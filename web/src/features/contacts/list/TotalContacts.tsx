import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contactsAboutQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';

/** How many there are in all. */
export function TotalContacts() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { data } = useQuery(contactsAboutQuery);
  return data ? <span>{t('contacts.total', { count: data.about, number: number(data.about) })}</span> : null;
}
