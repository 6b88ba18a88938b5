import type { NewDefinition } from './createJourney';

/** What the questions of the guided set-up ask, one after the other. An answer that is missing leaves the map open there. */
export interface Answers {
  entrance?: { kind: 'list' | 'tag' | 'event' | 'segment'; of: string };
  /** The content of the first e-mail. */
  first?: string;
  /** What they should do, and for how long one waits for it. */
  wish?:
    | { kind: 'event'; of: string; days: number }
    | { kind: 'opened' | 'clicked'; days: number }
    | { kind: 'nothing'; days: number };
  /** The content of the e-mail for those who did not; null: none. */
  reminder?: string | null;
  topic?: string;
}

export const QUESTIONS = ['entrance', 'first', 'wish', 'reminder', 'topic'] as const;
export type Question = (typeof QUESTIONS)[number];

/** Words that stand on the map, in the language of whoever draws it. */
export interface Words {
  succeeded: string;
  failed: string;
  over: string;
}

/** Whether a question is asked at all: who waits for nothing has nobody to remind. */
export function isAsked(question: Question, { wish }: Answers): boolean {
  return question !== 'reminder' || wish?.kind !== 'nothing';
}

/** The map so far: every answer is a station, in the order of the questions. */
export function guidedDefinition(name: string, answers: Answers, words: Words): NewDefinition {
  const { entrance, first, wish, reminder, topic } = answers;
  const points: Record<string, unknown> = {};
  const fork = wish && (wish.kind === 'nothing' ? 'pause' : 'wish');
  if (first) points.first = { kind: 'sendEmail', content: first, ...(fork && { next: fork }) };
  if (wish?.kind === 'nothing') {
    points.pause = { kind: 'delay', for: days(wish.days), next: 'over' };
    points.over = { kind: 'end', outcome: 'completed', name: words.over };
  } else if (wish) {
    const late = reminder ? 'reminder' : 'failed';
    points.wish = { kind: 'waitFor', activities: [activity(wish)], timeout: days(wish.days), next: 'succeeded', onTimeout: late };
    points.succeeded = { kind: 'end', outcome: 'successful', name: words.succeeded };
    if (reminder) points.reminder = { kind: 'sendEmail', content: reminder, next: 'failed' };
    points.failed = { kind: 'end', outcome: 'unsuccessful', name: words.failed };
  }
  const begin = first ? 'first' : fork;
  return {
    name,
    start: entrance ? [{ ...start(entrance), id: 'entrance', ...(begin && { next: begin }) }] : [],
    points,
    ...(topic && { settings: { email: { topic } } }),
  };
}

const days = (count: number) => `P${count}D`;

function start({ kind, of }: NonNullable<Answers['entrance']>) {
  switch (kind) {
    case 'list':
      return { kind: 'listEntered', list: of };
    case 'tag':
      return { kind: 'tagAdded', tag: of };
    case 'event':
      return { kind: 'event', events: [of] };
    case 'segment':
      return { kind: 'segmentEntered', segment: of };
    default:
      return kind satisfies never;
  }
}

function activity(wish: Exclude<NonNullable<Answers['wish']>, { kind: 'nothing' }>) {
  return wish.kind === 'event' ? { kind: 'event', events: [wish.of] } : { kind: 'message', point: 'first', is: wish.kind };
}
