import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/schema';
import { ProblemError } from './problem';

export type Schemas = components['schemas'];

/** Every answer that is no success is thrown as the problem that the server states; an answer that never came as `Offline`. */
const failures: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw await ProblemError.of(response);
  },
  onError({ error }) {
    return error instanceof Error && error.name === 'AbortError' ? error : ProblemError.unreachable(error);
  },
};

/** The HTTP API of docs/openapi.json. Same origin: the session's cookie comes along by itself. */
export const api = createClient<paths>({ baseUrl: '/', fetch: (request) => globalThis.fetch(request) });
api.use(failures);

/** What a call brought; failures were thrown before. */
export async function take<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await call;
  // 204 has no body, and whoever calls for it expects none.
  return data as Data;
}
