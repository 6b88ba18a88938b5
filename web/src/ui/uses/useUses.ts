import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import type { UsedKind } from './addresses';

export type { UsedKind } from './addresses';
export type Use = Schemas['UseView'];

/** Which journeys and segments name it, and what of the settings. */
export function useUses(kind: UsedKind, name: string) {
  return useQuery({
    queryKey: ['uses', kind, name],
    staleTime: 10_000,
    queryFn: ({ signal }) => take(api.GET('/api/v1/uses', { params: { query: { kind, name } }, signal })),
  });
}
