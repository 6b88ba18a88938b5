// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generateSchema, schemaFile } from '../../scripts/api.mjs';

it('the types are those of docs/openapi.json (mend with: npm run api)', async () => {
  expect(await readFile(schemaFile, 'utf8')).toBe(await generateSchema());
});
