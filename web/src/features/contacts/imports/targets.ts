import type { Schemas } from '@/api/client';
import type { Import } from '@/api/imports';

/** What a column may become, as docs/imports.md writes it; `-` leaves it out. */
export interface TargetGroup {
  group: 'identity' | 'who' | 'property' | 'consent' | 'new' | 'other';
  items: { value: string; name: string }[];
}

interface Catalogue {
  properties: readonly Schemas['DocumentViewOfPropertyBody'][];
  topics: readonly Schemas['DocumentViewOfTopicBody'][];
}

export const LEFT_OUT = '-';
const TYPES = ['text', 'number', 'date', 'dateTime', 'boolean'] as const;

/** Everything that a column of contacts may become, with what the server guessed for it among it. */
export function targetsOf(
  column: string,
  guess: string | null,
  { properties, topics }: Catalogue,
  kind: Import['kind'] = 'contacts',
): TargetGroup[] {
  const declared = new Set(properties.map(({ id }) => id));
  const own = newProperty(column);
  const typed = TYPES.map((type) => ({ value: `${own}:${type}`, name: type }));
  const all: TargetGroup[] = [
    { group: 'identity', items: (['email', 'userId', 'phone', 'anonymousId'] as const).map((value) => ({ value, name: value })) },
    { group: 'who', items: (['tags', 'lists', 'timestamp'] as const).map((value) => ({ value, name: value })) },
    {
      group: 'property',
      items: properties.map(({ id, value }) => ({ value: reserved.has(id) ? `property:${id}` : id, name: value?.title ?? id })),
    },
    { group: 'consent', items: topics.map(({ id, value }) => ({ value: `consent:email/${id}`, name: value?.title ?? id })) },
    { group: 'new', items: declared.has(own) && kind !== 'enrolments' ? [] : typed },
  ];
  // Who enters a journey is known already: the other columns are what it shall know.
  const groups = kind === 'enrolments' ? all.filter(({ group }) => group === 'identity' || group === 'new') : all;
  const known = groups.some(({ items }) => items.some(({ value }) => value === guess));
  return [
    {
      group: 'other',
      items: [
        { value: LEFT_OUT, name: LEFT_OUT },
        ...(guess && !known && guess !== LEFT_OUT ? [{ value: guess, name: guess }] : []),
      ],
    },
    ...groups.filter(({ items }) => items.length > 0),
  ];
}

const reserved = new Set(['userId', 'email', 'phone', 'anonymousId', 'tags', 'lists', 'timestamp', 'event', 'messageId']);

/** A property of the column's own name, as events would call it. */
function newProperty(column: string): string {
  return column
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
}
