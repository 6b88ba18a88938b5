import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from './client';
import type { ProblemError } from './problem';

/** For how many contacts a condition holds that is not saved. It is counted in the background, and asked again until all were looked at. */
export function useConditionCount(condition: unknown) {
  const [settled] = useDebouncedValue(condition, 500);
  return useQuery<Schemas['CountView'], ProblemError>({
    queryKey: ['condition-count', settled],
    enabled: settled !== undefined,
    retry: false,
    refetchInterval: ({ state }) => (state.data && !state.data.complete ? 1_000 : false),
    queryFn: ({ signal }) => take(api.POST('/api/v1/conditions/count', { body: { condition: settled ?? {} }, signal })),
  });
}
