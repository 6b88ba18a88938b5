import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, take } from './client';
import type { ProblemError } from './problem';

export type Import = Schemas['ImportView'];

const UNDER_WAY: readonly Import['status'][] = ['waiting', 'checking', 'importing'];
export const isUnderWay = ({ status }: Pick<Import, 'status'>) => UNDER_WAY.includes(status);

/** The latest imports; asked often while one is under way. */
export const importsQuery = queryOptions<Schemas['PageOfImportView'], ProblemError>({
  queryKey: ['imports'],
  refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 1_000 : 15_000),
  queryFn: ({ signal }) => take(api.GET('/api/v1/imports', { params: { query: { limit: 100 } }, signal })),
});
