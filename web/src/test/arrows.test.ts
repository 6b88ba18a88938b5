import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const imports = files(source).flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return named
    .filter((name) => (name.startsWith('.') || name.startsWith('@/')) && !name.includes('/scripts/'))
    .map((name) => ({
      from: relative(source, file),
      to: name.startsWith('@/') ? name.slice(2) : relative(source, join(dirname(file), name)),
    }));
});

const layer = (path: string) => path.split('/')[0] ?? '';
const feature = (path: string) => path.split('/').slice(0, 2).join('/');

it('arrows point app → features → ui, lib, api, and never back', () => {
  const may: Record<string, string[]> = {
    app: ['app', 'features', 'ui', 'lib', 'api', 'i18n'],
    features: ['features', 'ui', 'lib', 'api', 'i18n'],
    ui: ['ui', 'lib', 'api', 'i18n'],
    lib: ['lib', 'i18n'],
    api: ['api', 'lib'],
    i18n: ['i18n'],
  };
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter(({ from, to }) => may[layer(from)]?.includes(layer(to)) === false)).toEqual([]);
});

it('no feature knows another', () => {
  expect(
    imports.filter(({ from, to }) => layer(from) === 'features' && layer(to) === 'features' && feature(from) !== feature(to)),
  ).toEqual([]);
});
