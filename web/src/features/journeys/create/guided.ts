import type { NewDefinition } from './createJourney';

/** What the questions of the guided set-up ask, one after the other. An answer that is missing leaves the map open there. */
export interface Answers {
  entrance?: { kind: 'list' | 'tag' | 'event' | 'segment'; of: string };
  /** The content of the first e-mail. */
  first?: string;
  /** What they should do, and for how long one waits for it. The goal ends the journey as a success, wherever somebody stands. */
  wish?:
    | { kind: 'goal' | 'event'; of: string; days: number }
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

/** Whether an answer says enough to be drawn. */
export function isAnswered(question: Question, answers: Answers): boolean {
  const said = answers[question];
  if (said === undefined || said === '') return false;
  return typeof said !== 'object' || said === null || !('of' in said) || said.of.trim() !== '';
}

/** The question that a station of the map answers. */
export function questionOf(station: string): Question {
  if (station === 'entrance' || station === 'first' || station === 'reminder') return station;
  return 'wish';
}

/** The map so far: every answer is a station, in the order of the questions. */
export function guidedDefinition(name: string, answers: Answers, words: Words): NewDefinition {
  return draw(name, answers, words, new Set());
}

/**
 * The map as it grows: what was not asked yet has its station too, an empty one, so that one sees where the questions lead. What somebody passed
 * over has none.
 */
export function guidedSketch(
  name: string,
  answers: Answers,
  words: Words,
  passed: ReadonlySet<Question>,
): { definition: NewDefinition; open: ReadonlySet<string> } {
  const said: Answers = {};
  const empty = new Set<Question>();
  for (const question of QUESTIONS)
    if (isAnswered(question, answers)) Object.assign(said, { [question]: answers[question] });
    else if (!passed.has(question) && isAsked(question, answers)) empty.add(question);
  const definition = draw(name, said, words, empty);
  const drawn = ['entrance', 'first', 'wish', 'reminder'] as const;
  return {
    definition,
    open: new Set(drawn.filter((one) => empty.has(one) && (one === 'entrance' || one in (definition.points ?? {})))),
  };
}

function draw(name: string, answers: Answers, words: Words, empty: ReadonlySet<Question>): NewDefinition {
  const { entrance, wish, topic } = answers;
  const first = answers.first ?? (empty.has('first') ? '' : undefined);
  const reminder = answers.reminder ?? (empty.has('reminder') ? '' : undefined);
  const points: Record<string, unknown> = {};
  const fork = wish
    ? wish.kind === 'nothing' || wish.kind === 'goal'
      ? 'pause'
      : 'wish'
    : empty.has('wish')
      ? 'wish'
      : undefined;
  if (first !== undefined) points.first = { kind: 'sendEmail', content: first, ...(fork && { next: fork }) };
  if (wish?.kind === 'nothing') {
    points.pause = { kind: 'delay', for: days(wish.days), next: 'over' };
    points.over = { kind: 'end', outcome: 'completed', name: words.over };
  } else if (wish?.kind === 'goal') {
    // Whoever reaches the goal leaves as a success from anywhere, so the line is that of those who have not.
    points.pause = { kind: 'delay', for: days(wish.days), next: reminder === undefined ? 'failed' : 'reminder' };
    if (reminder !== undefined) {
      points.reminder = { kind: 'sendEmail', content: reminder, next: 'again' };
      points.again = { kind: 'delay', for: days(wish.days), next: 'failed' };
    }
    points.failed = { kind: 'end', outcome: 'unsuccessful', name: words.failed };
  } else if (wish) {
    const late = reminder === undefined ? 'failed' : 'reminder';
    points.wish = { kind: 'waitFor', activities: [activity(wish)], timeout: days(wish.days), next: 'succeeded', onTimeout: late };
    points.succeeded = { kind: 'end', outcome: 'successful', name: words.succeeded };
    if (reminder !== undefined) points.reminder = { kind: 'sendEmail', content: reminder, next: 'failed' };
    points.failed = { kind: 'end', outcome: 'unsuccessful', name: words.failed };
  } else if (empty.has('wish')) {
    points.wish = { kind: 'waitFor', activities: [] };
  }
  const begin = first === undefined ? fork : 'first';
  const settings = {
    ...(topic && { email: { topic } }),
    ...(wish?.kind === 'goal' && { goal: { kind: 'event', events: [wish.of], is: 'did', window: { last: days(wish.days) } } }),
  };
  return {
    name,
    start: entrance
      ? [{ ...start(entrance), id: 'entrance', ...(begin && { next: begin }) }]
      : empty.has('entrance')
        ? [{ kind: 'listEntered', list: '', id: 'entrance', ...(begin && { next: begin }) }]
        : [],
    points,
    ...(Object.keys(settings).length > 0 && { settings }),
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
  return 'of' in wish ? { kind: 'event', events: [wish.of] } : { kind: 'message', point: 'first', is: wish.kind };
}
