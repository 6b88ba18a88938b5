import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import english from '@/i18n/en/points.json';
import { activityKinds } from './activities';
import { pointKinds } from './catalogue';
import { startKinds } from './starts';

type Schema = {
  $defs?: Record<string, Schema>;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  const?: string;
};

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../../docs/journey.schema.json'), 'utf8')) as Schema;

/** Every `kind` that stands beside another field of the same family in the published schema. */
function kindsWith(field: string, tree: unknown = schema, found = new Set<string>()): Set<string> {
  if (Array.isArray(tree)) for (const one of tree) kindsWith(field, one, found);
  else if (tree && typeof tree === 'object') {
    const { properties } = tree as Schema;
    const kind = properties?.kind?.const;
    if (kind && properties && field in properties) found.add(kind);
    for (const one of Object.values(tree)) kindsWith(field, one, found);
  }
  return found;
}

describe('what the server knows', () => {
  it('has a form and a card: every point', () => {
    expect([...pointKinds].sort()).toEqual([...kindsWith('note')].sort());
  });

  it('has a form and a card: every starting point', () => {
    expect([...startKinds].sort()).toEqual([...kindsWith('takesImports')].sort());
  });

  it('has its words', () => {
    expect(Object.keys(english.kind).sort()).toEqual([...pointKinds, 'start'].sort());
    expect(Object.keys(english.words).sort()).toEqual([...pointKinds].sort());
    expect(Object.keys(english.startKind).sort()).toEqual([...startKinds].sort());
    expect(Object.keys(english.activity)).toEqual(expect.arrayContaining(activityKinds));
  });
});
