import { useQuery } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import { JourneyGlyph } from '../map/JourneyGlyph';
import type { JourneyRow } from './useJourneys';

/** The small drawing of a journey's map; drawn anew when its draft changed. */
export function Glyph({ journey: { id, revision, status } }: { journey: JourneyRow }) {
  const { data } = useQuery({
    queryKey: ['glyph', id, revision],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => take(api.GET('/api/v1/journeys/{id}', { params: { path: { id } }, signal })),
    select: ({ definition }) => definition,
  });
  return (
    <span
      style={{
        display: 'block',
        width: 56,
        height: 44,
        filter: status === 'ended' || status === 'archived' ? 'grayscale(1)' : undefined,
      }}
    >
      {data ? <JourneyGlyph definition={data} /> : null}
    </span>
  );
}
