export const LANGUAGES = ['en', 'fr', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];
export const DEFAULT_LANGUAGE: Language = 'en';

/** Each language by its own name, which needs no translation. */
export const languageNames: Record<Language, string> = { en: 'English', fr: 'Français', it: 'Italiano' };

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** The first that we speak of those that somebody wants, e.g. `navigator.languages`. */
export function languageOf(wanted: string | readonly string[]): Language {
  for (const tag of typeof wanted === 'string' ? [wanted] : wanted) {
    const language = tag.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(language)) return language;
  }
  return DEFAULT_LANGUAGE;
}
