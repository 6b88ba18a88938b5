import { DEFAULT_LANGUAGE, isLanguage, LANGUAGES, type Language } from '@/i18n/languages';

/** What an e-mail says in one language: docs/content.md. */
export interface Wording {
  subject: string;
  preheader: string;
  html: string;
  text: string;
}

/** The editor's view of a content document: every language a wording, one of them the default. */
export interface ContentDraft {
  defaultLanguage: string;
  texts: Record<string, Wording>;
  /** What the editor does not show and must not lose, such as `trackOpens`. */
  rest: Record<string, unknown>;
}

const EMPTY: Wording = { subject: '', preheader: '', html: '', text: '' };

export function newWording(): Wording {
  return { ...EMPTY };
}

/** A document has one wording at its top, or several under `texts`. */
export function readContent(json: unknown): ContentDraft {
  const document = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  const { name: _, language, defaultLanguage, texts, subject, preheader, html, text, ...rest } = document;
  if (typeof texts === 'object' && texts !== null) {
    const read = Object.fromEntries(
      Object.entries(texts as Record<string, Partial<Wording>>).map(([key, wording]) => [key, { ...EMPTY, ...wording }]),
    );
    return {
      defaultLanguage: typeof defaultLanguage === 'string' ? defaultLanguage : (Object.keys(read)[0] ?? DEFAULT_LANGUAGE),
      texts: read,
      rest,
    };
  }
  const only = typeof language === 'string' ? language : DEFAULT_LANGUAGE;
  return {
    defaultLanguage: only,
    texts: { [only]: { ...EMPTY, ...(pick({ subject, preheader, html, text }) as Partial<Wording>) } },
    rest,
  };
}

/** The document to save: parts that are empty are left out. */
export function writeContent(name: string, { defaultLanguage, texts, rest }: ContentDraft): Record<string, unknown> {
  const written = Object.fromEntries(Object.entries(texts).map(([language, wording]) => [language, pick(wording)]));
  return { ...rest, name, defaultLanguage, texts: written };
}

/** Languages that the editor offers and that the content has none of yet. */
export function missingLanguages(draft: ContentDraft): Language[] {
  return LANGUAGES.filter((language) => isLanguage(language) && !(language in draft.texts));
}

function pick(parts: { [Part in keyof Wording]?: unknown }): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parts).filter(([part, value]) => part === 'subject' || (value !== undefined && value !== '')),
  );
}
