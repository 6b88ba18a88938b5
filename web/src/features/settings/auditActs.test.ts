// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import texts from '@/i18n/en/settings.json';

const root = join(import.meta.dirname, '../../../..');
const changing = ['post', 'put', 'patch', 'delete'];

/** Orders that leave no line in the log, as the log itself lists them. */
function silent(): Set<string> {
  const source = readFileSync(join(root, 'src/Parcours/Api/Audit/AuditTrail.cs'), 'utf8');
  const list = /HashSet<string> Silent = [^{]*\{([^}]*)\}/.exec(source)?.[1];
  if (!list) throw new Error('AuditTrail.cs has no list of what is silent.');
  return new Set([...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? ''));
}

function acts(): string[] {
  const { paths } = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const leftOut = silent();
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([, operations]) => Object.entries(operations))
    .filter(([method]) => changing.includes(method))
    .map(([, { operationId }]) => operationId)
    .filter((act) => !leftOut.has(act));
}

it('each order that leaves a line in the log has its words, and nothing else has', () => {
  expect(Object.keys(texts.audit.acts).sort()).toEqual(acts().sort());
});
