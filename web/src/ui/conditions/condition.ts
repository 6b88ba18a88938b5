import type { Hours } from '@/ui/pickers/hours';

/** Conditions as docs/conditions.md writes them. The server checks them; nothing here judges. */
export type Value = string | number | boolean | string[] | { date: string } | { dateTime: string };

export const comparisons = [
  'equals',
  'notEquals',
  'in',
  'notIn',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'lessThan',
  'atMost',
  'greaterThan',
  'atLeast',
  'between',
  'before',
  'after',
  'withinLast',
  'withinNext',
  'longerAgoThan',
  'anniversary',
  'anniversaryWithinNext',
  'known',
  'unknown',
] as const;

export type Comparison = (typeof comparisons)[number];

export interface Compared {
  is: Comparison;
  value?: Value;
  values?: Value[];
  duration?: string;
  ignoreCase?: boolean;
}

export interface Window {
  last?: string;
  from?: string;
  to?: string;
}

export type EventFunction = 'count' | 'sum' | 'min' | 'max' | 'first' | 'last' | 'distinct';
export const messageStates = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'skipped', 'failed'] as const;
export type MessageState = (typeof messageStates)[number];
export type ConsentState = 'given' | 'refused' | 'unknown';

export interface GroupCondition {
  kind: 'all' | 'any';
  of: Condition[];
}
export interface NotCondition {
  kind: 'not';
  of: Condition;
}
export interface PropertyCondition extends Compared {
  kind: 'property' | 'field';
  name: string;
}
export interface MembershipCondition {
  kind: 'tag' | 'list' | 'segment';
  name: string;
}
/** Where the contact stands in a journey; without a point: anywhere in it. */
export interface JourneyCondition {
  kind: 'journey';
  journey: string;
  point?: string;
}
export interface ConsentCondition {
  kind: 'consent';
  channel: string;
  topic: string;
  is: ConsentState;
}
export interface EventCondition extends Omit<Compared, 'is'> {
  kind: 'event';
  events: string[];
  is?: Comparison | 'did' | 'didNot';
  where?: Condition;
  function?: EventFunction;
  property?: string;
  window?: Window;
}
export interface MessageCondition {
  kind: 'message';
  point: string;
  is: MessageState;
  link?: string;
}

/** Of the latest messages of all journeys. */
export interface LastMessagesCondition {
  kind: 'lastMessages';
  count: number;
  is: 'noneOpened' | 'noneClicked';
  channel?: string;
}

/** What day and hour it is, in a journey. */
export interface TimeCondition extends Hours {
  kind: 'time';
}

export type Condition =
  | GroupCondition
  | NotCondition
  | PropertyCondition
  | MembershipCondition
  | JourneyCondition
  | ConsentCondition
  | EventCondition
  | MessageCondition
  | LastMessagesCondition
  | TimeCondition;
