import { durationText } from '@/lib/durations';
import { momentInWords } from '@/ui/pickers/hours';
import type { Condition, EventCondition } from './condition';
import type { Telling } from './telling';
import { listText, valueText, windowText } from './telling';

/** Which part of a condition a token of the sentence changes. */
export type TokenKind =
  | 'is'
  | 'name'
  | 'value'
  | 'values'
  | 'from'
  | 'to'
  | 'duration'
  | 'events'
  | 'window'
  | 'function'
  | 'property'
  | 'point'
  | 'link'
  | 'topic'
  | 'number'
  | 'hours';

export interface Phrase {
  /** Below `conditions.says`. */
  key: string;
  count?: number;
  tokens: Partial<Record<TokenKind, string>>;
}

export type Leaf = Exclude<Condition, { kind: 'all' | 'any' | 'not' }>;

export function isLeaf(condition: Condition): condition is Leaf {
  return condition.kind !== 'all' && condition.kind !== 'any' && condition.kind !== 'not';
}

/** Kinds that have no opposite of their own: 'not' around one is said as "doesn't have". */
export function negatable(leaf: Leaf): boolean {
  return (
    leaf.kind === 'tag' ||
    leaf.kind === 'list' ||
    leaf.kind === 'segment' ||
    leaf.kind === 'journey' ||
    leaf.kind === 'message' ||
    leaf.kind === 'time'
  );
}

/** A condition without parts as a whole phrase with tokens in its slots. */
export function phraseOf(leaf: Leaf, telling: Telling, negated = false): Phrase {
  const { t } = telling;
  switch (leaf.kind) {
    case 'property':
    case 'field': {
      const { shape, tokens } = compared(leaf, telling);
      return {
        key: `${leaf.kind}.${shape}`,
        tokens: { name: leaf.name || t('conditions.pick.property'), is: t(`conditions.is.${leaf.is}`), ...tokens },
      };
    }
    case 'tag':
    case 'list':
    case 'segment':
      return {
        key: 'membership',
        tokens: {
          is: t(`conditions.${leaf.kind}.${negated ? 'no' : 'yes'}`),
          name: leaf.name || t(`conditions.pick.${leaf.kind}`),
        },
      };
    case 'journey':
      return {
        key: 'journey',
        tokens: {
          is: t(`conditions.journey.${negated ? 'no' : 'yes'}`),
          name: leaf.journey ? telling.journeyName(leaf.journey) : t('conditions.pick.journey'),
          point: leaf.point ? t('conditions.journey.at', { point: leaf.point }) : t('conditions.journey.anywhere'),
        },
      };
    case 'consent':
      return {
        key: 'consent',
        tokens: { is: t(`conditions.consent.${leaf.is}`), topic: leaf.topic || t('conditions.pick.topic') },
      };
    case 'message': {
      const is = t(`conditions.message.${negated ? 'no' : 'yes'}.${leaf.is}`);
      const point = leaf.point ? telling.pointName(leaf.point) : t('conditions.pick.message');
      return leaf.is === 'clicked'
        ? { key: 'messageLink', tokens: { is, link: leaf.link ?? t('conditions.anyLink'), point } }
        : { key: 'message', tokens: { is, point } };
    }
    case 'lastMessages':
      return {
        key: 'lastMessages',
        tokens: { is: t(`conditions.lastMessages.${leaf.is}`), number: telling.formats.number(leaf.count) },
      };
    case 'time':
      return {
        key: 'time',
        tokens: {
          is: t(`conditions.time.${negated ? 'no' : 'yes'}`),
          hours: leaf.days || leaf.from || leaf.until ? momentInWords(leaf, telling) : t('conditions.pick.hours'),
        },
      };
    case 'event':
      return eventPhrase(leaf, telling);
    default:
      return leaf satisfies never;
  }
}

function eventPhrase(leaf: EventCondition, telling: Telling): Phrase {
  const { t, language } = telling;
  const is = leaf.is ?? 'did';
  const common = {
    events: leaf.events.length > 0 ? listText(language, leaf.events) : t('conditions.pick.event'),
    window: windowText(telling, leaf.window),
  };
  if (is === 'did' || is === 'didNot') return { key: 'event.did', tokens: { ...common, is: t(`conditions.did.${is}`) } };
  const { shape, tokens } = compared({ ...leaf, is }, telling);
  const of = leaf.function ?? 'count';
  if (of === 'count') {
    const count = typeof leaf.value === 'number' ? leaf.value : 2;
    return {
      key: shape === 'between' ? 'event.countBetween' : 'event.count',
      count,
      tokens: { ...common, is: t(`conditions.count.${is}`), ...tokens },
    };
  }
  const told = { ...common, function: t(`conditions.function.${of}`), is: t(`conditions.is.${is}`), ...tokens };
  if ((of === 'first' || of === 'last') && leaf.property === undefined) return { key: `event.time.${shape}`, tokens: told };
  return { key: `event.of.${shape}`, tokens: { ...told, property: leaf.property ?? t('conditions.pick.property') } };
}

type Shape = 'value' | 'between' | 'duration' | 'none';

/** What a comparison takes, and how that reads. */
export function shapeOf(is: string): Shape | 'values' {
  if (is === 'known' || is === 'unknown' || is === 'anniversary' || is === 'did' || is === 'didNot') return 'none';
  if (is === 'between') return 'between';
  if (is === 'in' || is === 'notIn') return 'values';
  if (is === 'withinLast' || is === 'withinNext' || is === 'longerAgoThan' || is === 'anniversaryWithinNext') return 'duration';
  return 'value';
}

function compared(
  leaf: Pick<EventCondition, 'is' | 'value' | 'values' | 'duration'>,
  telling: Telling,
): { shape: Shape; tokens: Phrase['tokens'] } {
  const shape = shapeOf(leaf.is ?? 'did');
  switch (shape) {
    case 'values': {
      const values = (leaf.values ?? []).map((value) => valueText(telling, value));
      return {
        shape: 'value',
        tokens: { values: values.length > 0 ? listText(telling.language, values) : telling.t('conditions.nothing') },
      };
    }
    case 'between':
      return { shape, tokens: { from: valueText(telling, leaf.values?.[0]), to: valueText(telling, leaf.values?.[1]) } };
    case 'duration':
      return {
        shape: 'value',
        tokens: { duration: leaf.duration ? durationText(telling.language, leaf.duration) : telling.t('conditions.nothing') },
      };
    case 'none':
      return { shape, tokens: {} };
    default:
      return { shape, tokens: { value: valueText(telling, leaf.value) } };
  }
}

/** The slot of the phrase in which a token stands: values and durations stand where a value does. */
export function slotOf(token: TokenKind): string {
  return token === 'values' || token === 'duration' ? 'value' : token;
}
