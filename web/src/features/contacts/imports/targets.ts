import type { Schemas } from '@/api/client';
import type { Import } from '@/api/imports';

export type MappedColumn = Schemas['MappedColumn'];

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
const who = {
  contacts: ['tags', 'lists', 'timestamp'],
  events: ['event', 'timestamp', 'messageId', 'tags', 'lists'],
  enrolments: [],
} as const;

/** The property that a column becomes and nobody has declared; undefined: it becomes something else. */
function ownProperty({ becomes }: MappedColumn, { properties }: Catalogue, kind: Import['kind']): string | undefined {
  const name = becomes.startsWith('property:') ? becomes.slice('property:'.length) : undefined;
  return kind === 'contacts' && properties.some(({ id }) => id === name) ? undefined : name;
}

/** What the server takes a column for, as one of those offered. */
export function targetOf(column: MappedColumn, catalogue: Catalogue, kind: Import['kind']): string {
  const own = ownProperty(column, catalogue, kind);
  return own === undefined ? column.becomes : `property:${own}:${column.type ?? 'text'}`;
}

/** Everything that a column may become, with what the server took it for among it. */
export function targetsOf(column: MappedColumn, catalogue: Catalogue, kind: Import['kind']): TargetGroup[] {
  const own = ownProperty(column, catalogue, kind) ?? newProperty(column.column);
  const declared = kind === 'contacts' && catalogue.properties.some(({ id }) => id === own);
  const same = (value: string) => ({ value, name: value });
  const groups: TargetGroup[] = [
    { group: 'identity', items: (['email', 'userId', 'phone', 'anonymousId'] as const).map(same) },
    { group: 'who', items: who[kind].map(same) },
  ];
  // Who enters a journey is known already: the other columns are what it shall know.
  if (kind !== 'enrolments')
    groups.push(
      {
        group: 'property',
        items: catalogue.properties.map(({ id, value }) => ({
          value: `${kind === 'contacts' ? 'property' : 'contact'}:${id}`,
          name: value?.title || id,
        })),
      },
      {
        group: 'consent',
        items: catalogue.topics.map(({ id, value }) => ({ value: `consent:email/${id}`, name: value?.title || id })),
      },
    );
  if (!declared) groups.push({ group: 'new', items: TYPES.map((type) => ({ value: `property:${own}:${type}`, name: type })) });
  const taken = targetOf(column, catalogue, kind);
  const known = taken === LEFT_OUT || groups.some(({ items }) => items.some(({ value }) => value === taken));
  return [
    { group: 'other', items: [same(LEFT_OUT), ...(known ? [] : [same(taken)])] },
    ...groups.filter(({ items }) => items.length > 0),
  ];
}

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
