import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '@/api/client';
import { type Import, importsQuery, isUnderWay } from '@/api/imports';
import { segmentsQuery } from '@/api/queries';

export interface Work {
  running: Import[];
  filling: Schemas['SegmentView'][];
  finished: Import[];
  alerts: Schemas['AlertView'][];
}

const KEPT = 10;

/** What goes on in the background, what is over, and what journeys want somebody to look at. Trials of imports are none of it. */
export function useWork(): Work {
  const imports = (useQuery(importsQuery).data?.items ?? []).filter(({ wishes }) => !wishes.dryRun);
  const segments =
    useQuery({ ...segmentsQuery, refetchInterval: ({ state }) => (state.data?.some(({ filling }) => filling) ? 1_000 : 15_000) })
      .data ?? [];
  const alerts =
    useQuery({
      queryKey: ['alerts'],
      refetchInterval: 30_000,
      queryFn: ({ signal }) => take(api.GET('/api/v1/system/alerts', { params: { query: { limit: 20 } }, signal })),
    }).data ?? [];
  return {
    running: imports.filter(isUnderWay),
    filling: segments.filter(({ filling }) => filling),
    finished: imports.filter((one) => !isUnderWay(one)).slice(0, KEPT),
    alerts: alerts.slice(0, KEPT),
  };
}
