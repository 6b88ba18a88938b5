import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';

export type Ready = Schemas['GalleryView'];

/** Ready-made journeys, told in the reader's language. */
export function useGallery() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['gallery', i18n.language],
    staleTime: 60_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/gallery', { params: { query: { language: i18n.language } }, signal })),
  });
}
