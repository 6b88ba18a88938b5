import type { Schemas } from '@/api/client';

export type Hook = Schemas['HookView'];
type Mapping = Schemas['HookMappingBody'];
export const identities = ['userId', 'email', 'phone', 'anonymousId'] as const;

/** A name, and where in the body stands what it becomes. */
export interface FieldRow {
  name: string;
  path: string;
}

/** A mapping as it is being typed. */
export interface Draft {
  id: string;
  title: string;
  event: string;
  eventFrom: string;
  identities: Record<string, string>;
  data: FieldRow[];
  properties: FieldRow[];
  messageId: string;
  timestamp: string;
  kind: '' | 'standard' | 'hmac';
  secret: string;
  header: string;
}

const rowsOf = (fields: Record<string, string> | null | undefined): FieldRow[] =>
  Object.entries(fields ?? {}).map(([name, path]) => ({ name, path }));
const fieldsOf = (rows: readonly FieldRow[]): Record<string, string> | null => {
  const said = rows.filter(({ name }) => name.trim() !== '');
  return said.length === 0 ? null : Object.fromEntries(said.map(({ name, path }) => [name.trim(), path.trim()]));
};

export function draftOf(row: Hook | null): Draft {
  const mapping = row?.mapping;
  return {
    id: row?.id ?? '',
    title: row?.title ?? '',
    event: mapping?.event ?? '',
    eventFrom: mapping?.eventFrom ?? '',
    identities: { ...mapping?.identities },
    data: rowsOf(mapping?.data),
    properties: rowsOf(mapping?.properties),
    messageId: mapping?.messageId ?? '',
    timestamp: mapping?.timestamp ?? '',
    kind: row?.signature?.kind ?? '',
    secret: row?.signature?.secret ?? '',
    header: row?.signature?.header ?? '',
  };
}

export function mappingOf(draft: Draft): Mapping {
  return {
    event: draft.event.trim() || null,
    eventFrom: draft.eventFrom.trim() || null,
    identities: Object.fromEntries(Object.entries(draft.identities).filter(([, path]) => path.trim() !== '')),
    data: fieldsOf(draft.data),
    properties: fieldsOf(draft.properties),
    messageId: draft.messageId.trim() || null,
    timestamp: draft.timestamp.trim() || null,
  };
}

/** Rows that would be lost: two of one name, or none. Those in which nothing stands are no loss. */
export function rowProblems(rows: readonly FieldRow[]): [at: number, problem: 'unnamed' | 'taken'][] {
  const problems: [number, 'unnamed' | 'taken'][] = [];
  const seen = new Set<string>();
  for (const [at, row] of rows.entries()) {
    const name = row.name.trim();
    if (name === '') {
      if (row.path.trim() !== '') problems.push([at, 'unnamed']);
    } else if (seen.has(name)) problems.push([at, 'taken']);
    else seen.add(name);
  }
  return problems;
}
