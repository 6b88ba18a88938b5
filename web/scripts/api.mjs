import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

const document = new URL('../../docs/openapi.json', import.meta.url);
export const schemaFile = fileURLToPath(new URL('../src/api/generated/schema.ts', import.meta.url));

/** The types of the API, from the document that the server's tests approve. */
export async function generateSchema() {
  return (
    COMMENT_HEADER + astToString(await openapiTS(JSON.parse(await readFile(document, 'utf8')), { emptyObjectsUnknown: true }))
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeFile(schemaFile, await generateSchema());
