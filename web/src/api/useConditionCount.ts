import { useDebouncedValue } from '@mantine/hooks';
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from './client';
import type { ProblemError } from './problem';

const quietMs = 500;

/** For how many contacts a condition holds that is not saved. It is counted in the background, and asked again until all were looked at. */
const conditionCountQuery = (condition: unknown) =>
  queryOptions<Schemas['CountView'], ProblemError>({
    queryKey: ['condition-count', condition],
    enabled: condition !== undefined,
    retry: false,
    refetchInterval: ({ state }) => (state.data && !state.data.complete ? 1_000 : false),
    queryFn: ({ signal }) => take(api.POST('/api/v1/conditions/count', { body: { condition: condition ?? {} }, signal })),
  });

export function useConditionCount(condition: unknown) {
  const [settled] = useDebouncedValue(condition, quietMs);
  return useQuery(conditionCountQuery(settled));
}

/** The same of several; undefined where it is not known, or cannot be asked. */
export function useConditionCounts(conditions: readonly unknown[]): (number | undefined)[] {
  const [settled] = useDebouncedValue(conditions, quietMs);
  const counts = useQueries({
    // Those that cannot be asked are told apart by their place.
    queries: settled.map((one, at) => ({ ...conditionCountQuery(one), queryKey: ['condition-count', one ?? at] as const })),
  });
  return conditions.map((_, at) => {
    const count = counts[at];
    return count?.data && !count.isError ? (count.data.matches ?? count.data.about ?? undefined) : undefined;
  });
}
