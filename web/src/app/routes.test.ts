import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchRoutes } from 'react-router';
import { expect, it } from 'vitest';
import { routes } from './routes';

const source = join(import.meta.dirname, '..');

function code(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : code(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** What the code links to: whole addresses, and such with a name or an id in them. */
const links = [
  ...new Set(
    code(source).flatMap((text) =>
      [...text.matchAll(/(?:\bto[=:]\s*\{?|navigate\(|redirect\()\s*['"`](\/[^'"`?]*)/g)].map((match) =>
        (match[1] ?? '').replaceAll(/\$\{[^}]*\}?/g, 'x'),
      ),
    ),
  ),
];

it('finds the links of the code', () => {
  expect(links.length).toBeGreaterThan(15);
  expect(links).toContain('/contacts/import');
});

it.each(links)('%s leads to a page', (link) => {
  expect(matchRoutes(routes, link)?.at(-1)?.route.path).not.toBe('*');
});

it.each([
  ['/contacts/import', 'contacts/import'],
  ['/contacts/lists', 'contacts/lists'],
  ['/contacts/0199a1b2-0000', 'contacts/:id'],
  ['/journeys/new', 'journeys/new'],
  ['/journeys/new/guided', 'journeys/new/guided'],
  ['/journeys/win-back', 'journeys/:id/*'],
  ['/segments/new', 'segments/new'],
])('%s is the page %s, and no name or id', (address, path) => {
  expect(matchRoutes(routes, address)?.at(-1)?.route.path).toBe(path);
});
