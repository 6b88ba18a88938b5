import { api, take } from '@/api/client';

/** How many of those who may enter now would go each way at a point of the saved draft. */
export const getShares = (id: string, point: string) =>
  take(api.GET('/api/v1/journeys/{id}/points/{point}/shares', { params: { path: { id, point } } }));

/** The first days of the saved draft, seen ahead. */
export const getFirstEffects = (id: string) => take(api.GET('/api/v1/journeys/{id}/first-effects', { params: { path: { id } } }));
