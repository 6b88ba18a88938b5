import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './languages';

type Tree = { [key: string]: string | Tree };
const source = join(import.meta.dirname, '..');
const PLURAL = /_(zero|one|two|few|many|other)$/;

function texts(language: string): Map<string, string> {
  const folder = join(import.meta.dirname, language);
  const found = new Map<string, string>();
  const walk = (tree: Tree, path: string) => {
    for (const [key, value] of Object.entries(tree))
      typeof value === 'string' ? found.set(`${path}${key}`, value) : walk(value, `${path}${key}.`);
  };
  for (const file of readdirSync(folder))
    walk(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Tree, `${file.slice(0, -'.json'.length)}.`);
  return found;
}

function code(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' || entry.name === 'i18n' ? [] : code(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const english = texts('en');
const base = (key: string) => key.replace(PLURAL, '');
const holes = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the texts in %s', (language) => {
  const own = texts(language);

  it('say everything that the English ones say, and nothing else', () => {
    expect([...new Set([...own.keys()].map(base))].sort()).toEqual([...new Set([...english.keys()].map(base))].sort());
  });

  it('have each plural that the language knows', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plural = [...new Set([...english.keys()].filter((key) => PLURAL.test(key)).map(base))];
    expect(plural.flatMap((key) => forms.filter((form) => !own.has(`${key}_${form}`)).map((form) => `${key}_${form}`))).toEqual(
      [],
    );
  });

  it('name the same values in each text', () => {
    // The one of a plural may say "a" instead of the number.
    const wrong = [...own].filter(
      ([key, text]) =>
        !/_one$/.test(key) && holes(text).join() !== holes(english.get(key) ?? english.get(`${base(key)}_other`) ?? '').join(),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the keys in the code', () => {
  const all = code(source).join('\n');
  // Any text in the code that is a key or, up to a hole, the beginning of some. Keys are long enough not to be met by chance.
  const whole = new Set([...all.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)].map((match) => match[1] ?? ''));
  const begun = [...all.matchAll(/`([a-z][\w-]*\.(?:[\w-]+\.)*[\w-]*)\$\{/g)].map((match) => match[1] ?? '');
  const called = [...all.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');

  it('are all in the English texts', () => {
    const known = new Set([...english.keys()].flatMap((key) => [key, base(key)]));
    expect(called.filter((key) => !known.has(key))).toEqual([]);
  });

  it('use every text', () => {
    expect(
      [...new Set([...english.keys()].map(base))].filter(
        (key) => !whole.has(key) && !begun.some((start) => key.startsWith(start)),
      ),
    ).toEqual([]);
  });
});
