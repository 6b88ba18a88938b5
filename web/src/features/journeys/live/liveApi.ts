import { api, type Schemas, take } from '@/api/client';

/** Somebody in a queue. */
export type Waiting = Schemas['QueueView'];
export type QueueAct = Schemas['QueueAct'];

const pageLength = 50;

export const getQueue = (id: string, point: string, search: string, after: string | undefined) =>
  take(
    api.GET('/api/v1/journeys/{id}/points/{point}/queue', {
      params: { path: { id, point }, query: { limit: pageLength, search: search || undefined, after } },
    }),
  );

export const getWaits = (id: string, point: string) =>
  take(api.GET('/api/v1/journeys/{id}/points/{point}/queue/waits', { params: { path: { id, point } } }));

export const actOnQueue = (id: string, point: string, act: QueueAct, rows: readonly Waiting[], to?: string, bar = false) =>
  take(
    api.POST('/api/v1/journeys/{id}/points/{point}/queue/act', {
      params: { path: { id, point } },
      body: { act, to, bar, rows: rows.map(({ contact, enrolment, revision }) => ({ contact, enrolment, revision })) },
    }),
  );

/** The same to everybody who waits there, or whom a search finds: in the background. */
export const orderOnQueue = (id: string, point: string, body: Schemas['QueueOrderBody']) =>
  take(api.POST('/api/v1/journeys/{id}/points/{point}/queue/order', { params: { path: { id, point } }, body }));

/** Somebody whose step failed. */
export type Failed = Schemas['FailedView'];

export const getFailed = (id: string, point: string | undefined, search: string, after: string | undefined) =>
  take(
    api.GET('/api/v1/journeys/{id}/failed', {
      params: { path: { id }, query: { limit: pageLength, point, search: search || undefined, after } },
    }),
  );

/** They go on where they stood; in the live version, where that has the point, or in their own. */
export const putBack = (id: string, rows: readonly Pick<Failed, 'contact' | 'enrolment' | 'revision'>[], live: boolean) =>
  take(
    api.POST('/api/v1/journeys/{id}/failed/put-back', {
      params: { path: { id } },
      body: { live, rows: rows.map(({ contact, enrolment, revision }) => ({ contact, enrolment, revision })) },
    }),
  );

/** The same for all of them, or whom a search finds: in the background. */
export const putBackAll = (id: string, body: Schemas['PutBackAllBody']) =>
  take(api.POST('/api/v1/journeys/{id}/failed/put-back/all', { params: { path: { id } }, body }));

export const getReport = (id: string, point: string, query: { version: number | undefined; since: string | undefined }) =>
  take(api.GET('/api/v1/journeys/{id}/points/{point}/report', { params: { path: { id, point }, query } }));

export type Experiment = Schemas['ExperimentView'];
export type ExperimentPath = Schemas['ExperimentPathView'];

export const getExperiments = (id: string) => take(api.GET('/api/v1/journeys/{id}/experiments', { params: { path: { id } } }));

/** Without a path the winner is taken back. */
export const chooseWinner = (id: string, point: string, path: string | undefined) =>
  path === undefined
    ? take(api.DELETE('/api/v1/journeys/{id}/experiments/{point}/winner', { params: { path: { id, point } } }))
    : take(api.PUT('/api/v1/journeys/{id}/experiments/{point}/winner', { params: { path: { id, point } }, body: { path } }));

export const getReview = (id: string) => take(api.GET('/api/v1/journeys/{id}/review', { params: { path: { id } } }));

export const getForecast = (id: string) => take(api.GET('/api/v1/journeys/{id}/forecast', { params: { path: { id } } }));

export const getStanding = (id: string) => take(api.GET('/api/v1/journeys/{id}/standing', { params: { path: { id } } }));
