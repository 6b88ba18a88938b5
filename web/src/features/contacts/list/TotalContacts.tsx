import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { useFormats } from '@/lib/useFormats';

/** How many there are in all. */
export function TotalContacts() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { data } = useQuery({
    queryKey: ['contacts', 'about'],
    staleTime: 10_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/contacts/about', { signal })),
  });
  return data ? <span>{t('contacts.total', { count: data.about, number: number(data.about) })}</span> : null;
}
