import { ProblemError } from '@/api/problem';

/** Somebody in a queue, as the server tells it. */
export interface Waiting {
  enrolment: string;
  contact: string;
  name?: string | null;
  email?: string | null;
  userId?: string | null;
  since: string;
  until?: string | null;
  why?: string | null;
  version: number;
  revision: number;
}

export interface QueuePage {
  items: Waiting[];
  next: string | null;
}

export interface Acted {
  done: number;
  refused: { contact: string; code: string; text: string }[];
}

export interface Review {
  problems: import('@/api/problem').Reason[];
  eligible?: { now?: number | null; about?: number | null; of: number; complete: boolean } | null;
  entersAtOnce: number;
  starts: { id: string; kind: string; name?: string | null; members?: number | null; seen: boolean }[];
  contents: { point: string; name?: string | null; channel: string; content: string; pointsBefore: number }[];
  points: number;
}

export interface Standing {
  status: string;
  inProgress: number;
  waitingElapsed: number;
  waitingCalendar: number;
  waitingOpen: number;
  unsent: number;
}

export interface Report {
  asOf: string;
  messages: Record<string, number>;
  links: { link: string; messages: number; clicks: number }[];
}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(
    `/api/v1/journeys/${path}`,
    body === undefined
      ? undefined
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
  ).catch((cause: unknown) => {
    throw ProblemError.unreachable(cause);
  });
  if (!response.ok) throw await ProblemError.of(response);
  return (await response.json()) as T;
}

const at = encodeURIComponent;

export const getQueue = (id: string, point: string, search: string, after: string | undefined) => {
  const query = new URLSearchParams({ limit: '50', ...(search ? { search } : {}), ...(after ? { after } : {}) });
  return ask<QueuePage>(`${at(id)}/points/${at(point)}/queue?${query}`);
};

export const actOnQueue = (id: string, point: string, act: 'moveOn' | 'moveTo' | 'remove', rows: Waiting[], to?: string) =>
  ask<Acted>(`${at(id)}/points/${at(point)}/queue/act`, {
    act,
    to,
    rows: rows.map(({ contact, enrolment, revision }) => ({ contact, enrolment, revision })),
  });

export const getReport = (id: string, point: string) => ask<Report>(`${at(id)}/points/${at(point)}/report`);
export const getReview = (id: string) => ask<Review>(`${at(id)}/review`);
export const getStanding = (id: string) => ask<Standing>(`${at(id)}/standing`);
