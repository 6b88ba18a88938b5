import type { Weekday } from '@/lib/weekdays';
import type { Condition, Value } from '@/ui/conditions/condition';

/** A journey as docs/journeys.md writes it. Fields that a newer server adds stay in the document: edits copy what they don't know. */
export interface Journey {
  $schema?: string;
  format: number;
  id: string;
  name: string;
  description?: string;
  labels?: string[];
  settings?: JourneySettings;
  start: StartingPoint[];
  points: Record<string, Point>;
  map?: JourneyMap;
}

export interface JourneySettings {
  eligibility?: Condition;
  exclusions?: Condition;
  startsAt?: string;
  endsAt?: string;
  timeZone?: string;
  reEntry?: { kind: 'never' | 'afterLeaving' | 'afterInterval' | 'always'; interval?: string };
  eventKey?: string;
  /** How many may enter in a time. */
  entryRate?: { most: number; per: RatePeriod };
  /** What becomes of who would come in while it is paused; refused without it. */
  whilePaused?: 'queue';
  /** The contact property whose values are the stages. */
  stageProperty?: string;
  /** Rules and actions a stage at most. */
  stageMost?: number;
  priority?: number;
  email?: EmailSettings;
  goal?: Condition;
  exits?: { name: string; when: Condition }[];
}

export const ratePeriods = ['minute', 'hour', 'day'] as const;
export type RatePeriod = (typeof ratePeriods)[number];

export interface EmailSettings {
  topic?: string;
  purpose?: 'marketing' | 'transactional';
  expiresAfter?: string;
  window?: SendWindow;
  whenQuiet?: 'wait' | 'skip';
  whenCapped?: 'wait' | 'skip';
  trackOpens?: boolean;
  trackClicks?: boolean;
  pinned?: boolean;
}

/** When an e-mail may leave. Empty: at any time, whatever the journey says. */
export interface SendWindow {
  days?: Weekday[];
  from?: string;
  until?: string;
  zone?: string;
  outside?: 'wait' | 'skip';
  spread?: string;
}

/** What the map keeps in the definition; the server keeps it as it is. */
export interface JourneyMap {
  /** A line's letter, by the starting point or the way out (`point/edge`) where it begins. */
  lines?: Record<string, string>;
  /** What a way out is called, by `point/edge`. */
  branches?: Record<string, string>;
  notes?: Note[];
  /** Of a comparison alone, and never saved: what is not there any more, and how its lines ran. */
  gone?: Gone;
}

export interface Gone {
  /** Points and starting points. */
  ids: string[];
  lines: { of: string; to: string }[];
}

export interface Note {
  id: string;
  /** The point that it stands beside. */
  near: string;
  text: string;
  author?: string;
  at?: string;
}

interface StartBase {
  id: string;
  name?: string;
  filter?: Condition;
  takesImports?: boolean;
  next?: string;
}
export type StartingPoint = StartBase &
  (
    | { kind: 'event'; events: string[]; where?: Condition }
    | ({ kind: 'tagAdded'; tag: string } & OfState)
    | { kind: 'tagRemoved'; tag: string }
    | ({ kind: 'segmentEntered'; segment: string } & OfState)
    | { kind: 'segmentLeft'; segment: string }
    | ({ kind: 'listEntered'; list: string } & OfState)
    | { kind: 'listLeft'; list: string }
    | ({ kind: 'propertyBecomes' } & PropertyChange & OfState)
    | { kind: 'journeyLeft'; journey: string; outcomes?: TripOutcome[] }
    | ({ kind: 'date' } & ContactDate)
    | { kind: 'schedule'; date: string; time: string; repeats?: string; zone?: string }
    | { kind: 'cartAbandoned'; events?: string[]; unless?: string[]; after?: string }
    | {
        kind: 'browseAbandoned';
        events?: string[];
        times?: number;
        by?: string;
        anyProduct?: boolean;
        within?: string;
        unless?: string[];
        after?: string;
      }
    | { kind: 'inactive'; events: string[]; where?: Condition; for: string }
    | { kind: 'message'; is: MessageStartIs; content?: string; journey?: string; link?: string; within?: string }
    | { kind: 'hand' }
  );
/** A starting point that hears of the beginning of something that lasts. */
interface OfState {
  /** Those of whom it is true already when the journey goes live come in too, once. */
  currentToo?: boolean;
}
/** What becomes of an e-mail, so that a journey begins. */
export const messageStarts = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'complained',
  'unsubscribed',
  'notOpened',
  'notClicked',
] as const;
export type MessageStartIs = (typeof messageStarts)[number];
/** A property takes another value. */
export interface PropertyChange {
  property: string;
  to?: Value[];
  from?: Value[];
  toEmpty?: boolean;
  fromEmpty?: boolean;
}
/** A moment that a date of the contact stands for. */
export interface ContactDate {
  property?: string;
  /** Instead of a property: a field of the event that brought the contact in; in waits alone. */
  field?: string;
  days?: number;
  yearly?: boolean;
  leapDayOnFirstOfMarch?: boolean;
  time?: string;
  /** Instead of days and a time: how long after the very moment, below zero before it. */
  offset?: string;
  zone?: string;
}
export type StartKind = StartingPoint['kind'];

export interface SplitPath {
  name: string;
  share: number;
  next?: string;
}

export interface BranchPath {
  name: string;
  condition: Condition;
  next?: string;
}

export interface SwitchPath {
  name: string;
  values: Value[];
  next?: string;
}

export interface StartedByPath {
  name: string;
  /** Ids of starting points. */
  starts: string[];
  next?: string;
}

export interface WaitPath {
  name: string;
  activities: Activity[];
  next?: string;
}

/** How a trip through a journey can end. */
export const tripOutcomes = ['successful', 'unsuccessful', 'completed', 'exited', 'removed', 'failed'] as const;
export type TripOutcome = (typeof tripOutcomes)[number];
export const subOutcomes = [...tripOutcomes, 'notEntered'] as const;
export type SubOutcome = (typeof subOutcomes)[number];

export interface OutcomePath {
  name: string;
  outcomes: SubOutcome[];
  next?: string;
}

export type Activity =
  | { kind: 'event'; events: string[]; where?: Condition }
  | { kind: 'tagAdded' | 'tagRemoved'; tag: string }
  | { kind: 'listEntered' | 'listLeft'; list: string }
  | { kind: 'segmentEntered' | 'segmentLeft'; segment: string }
  | ({ kind: 'propertyBecomes' } & PropertyChange)
  | { kind: 'journeyLeft'; journey: string; outcomes?: TripOutcome[] }
  | { kind: 'message'; point: string; is: MessageActivity; link?: string };
export const messageActivities = ['delivered', 'opened', 'clicked', 'bounced', 'complained', 'replied', 'unsubscribed'] as const;
export type MessageActivity = (typeof messageActivities)[number];

/** What a text with fields becomes. */
export const valuesOf = ['text', 'number', 'boolean', 'date', 'dateTime', 'texts'] as const;
export type ValueOf = (typeof valuesOf)[number];

/** Who looks after contacts in turn. */
export interface OwnerShare {
  user: string;
  weight?: number;
}

export interface WebhookHeader {
  name: string;
  value?: string;
  secret?: string;
}

interface PointBase {
  name?: string;
  note?: string;
}
interface Straight {
  next?: string;
}
export type Outcome = 'successful' | 'unsuccessful' | 'completed';
export type Point = PointBase &
  (
    | { kind: 'if'; condition: Condition; then?: string; else?: string }
    | { kind: 'branch'; paths: BranchPath[]; otherwise?: string }
    | { kind: 'switch'; property?: string; field?: string; paths: SwitchPath[]; otherwise?: string }
    | { kind: 'startedBy'; paths: StartedByPath[]; otherwise?: string }
    | { kind: 'split'; paths: SplitPath[]; newDrawEachEntry?: boolean }
    | {
        kind: 'experiment';
        /** The first is the base. */
        paths: SplitPath[];
        goal: Activity;
        within: string;
        holdOut?: number;
        onHoldOut?: string;
        releaseHoldOut?: boolean;
        winner?: 'byHand' | 'automatically';
        leastPeople?: number;
        leastTime?: string;
        confidence?: number;
      }
    | { kind: 'firstN'; first: number; next?: string; rest?: string }
    | ({
        kind: 'delay';
        for: string;
        upTo?: string;
        property?: string;
        field?: string;
        unit?: 'minutes' | 'hours' | 'days';
      } & Straight)
    | ({
        kind: 'waitUntil';
        at?: string;
        date?: string;
        days?: Weekday[];
        time?: string;
        zone?: string;
        missed?: string;
      } & Straight)
    | ({
        kind: 'waitUntilDate';
        missed?: string;
      } & ContactDate &
        Straight)
    | ({ kind: 'waitUntilTrue'; condition: Condition; timeout?: string; onTimeout?: string } & Straight)
    | ({ kind: 'waitFor'; activities: Activity[]; timeout?: string; onTimeout?: string } & Straight)
    | { kind: 'waitForFirst'; paths: WaitPath[]; timeout?: string; onTimeout?: string }
    | {
        kind: 'runJourney';
        journey: string;
        withData?: boolean;
        paths: OutcomePath[];
        otherwise?: string;
        timeout?: string;
        onTimeout?: string;
      }
    | ({ kind: 'stage'; values: Value[]; takesEmpty?: boolean } & Straight)
    | { kind: 'goTo'; target: string; most?: number; beyond?: string }
    | { kind: 'end'; outcome: Outcome; values?: Value[]; addToList?: string; addTag?: string }
    | { kind: 'archive' }
    | ({ kind: 'sendEmail'; content: string; expiresAt?: string } & EmailSettings & Straight)
    | ({ kind: 'addTag'; tag: string } & Straight)
    | ({ kind: 'removeTag'; tag: string } & Straight)
    | ({ kind: 'setProperty'; property: string; value?: Value; as?: ValueOf; clear?: boolean } & Straight)
    | ({
        kind: 'increaseProperty';
        property: string;
        by?: number;
        byProperty?: string;
        byField?: string;
        factor?: number;
        least?: number;
        most?: number;
      } & Straight)
    | ({ kind: 'copyProperty'; into: string; property?: string; field?: string } & Straight)
    | ({ kind: 'addToList'; list: string } & Straight)
    | ({ kind: 'removeFromList'; list: string } & Straight)
    | ({ kind: 'setConsent'; topic: string; channel?: string; state: 'given' | 'refused' } & Straight)
    | ({ kind: 'recordEvent'; event: string; properties?: Record<string, unknown> } & Straight)
    | ({ kind: 'addNote'; text: string } & Straight)
    | ({ kind: 'coupon'; pool: string; into?: string; onEmpty?: string } & Straight)
    | ({ kind: 'assignOwner'; users?: OwnerShare[]; team?: string; onlyWithout?: boolean } & Straight)
    | ({ kind: 'notify'; text: string; to?: string[]; toTeams?: string[]; toOwner?: boolean } & Straight)
    | ({
        kind: 'webhook';
        method?: 'post' | 'put' | 'patch' | 'get' | 'delete';
        url: string;
        headers?: WebhookHeader[];
        body?: unknown;
        signWith?: string;
        expiresAfter?: string;
        into?: string;
        onFailure?: string;
      } & Straight)
    | ({
        kind: 'customAction';
        action: string;
        inputs?: Record<string, unknown>;
        into?: string;
        expiresAfter?: string;
        onFailure?: string;
      } & Straight)
    | ({
        kind: 'createTask';
        title: string;
        text?: string;
        task?: 'toDo' | 'call' | 'email' | 'appointment';
        priority?: 'low' | 'normal' | 'high';
        dueAfter?: string;
        assignee?: string;
        toOwner?: boolean;
        team?: string;
        inTurn?: boolean;
      } & Straight)
    | ({ kind: 'startJourney'; journey: string; withData?: boolean } & Straight)
    | ({ kind: 'stopJourney'; journey: string } & Straight)
  );
export type PointKind = Point['kind'];
export type PointOf<K extends PointKind> = Extract<Point, { kind: K }>;
