import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { frenchSpaces } from './frenchSpaces';
import { DEFAULT_LANGUAGE, type Language, languageOf } from './languages';

/** One file a feature and language; their names are the first part of each key. */
const files = import.meta.glob<Record<string, unknown>>('./{en,fr,it}/*.json', { import: 'default' });

async function load(language: Language): Promise<Record<string, unknown>> {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./${language}/`));
  const parts = await Promise.all(own.map(async ([path, read]) => [path.slice(5, -'.json'.length), await read()] as const));
  const texts = Object.fromEntries(parts);
  return language === 'fr' ? frenchSpaces(texts) : texts;
}

export const i18n = i18next.createInstance();

export async function startTranslations(wanted: string | readonly string[]): Promise<void> {
  const language = languageOf(wanted);
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: DEFAULT_LANGUAGE,
    resources: { [language]: { translation: await load(language) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Texts come with their language, so the first change to one waits for them. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!i18n.hasResourceBundle(language, 'translation')) i18n.addResourceBundle(language, 'translation', await load(language));
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}
