import { expect, it } from 'vitest';
import { missingLanguages, readContent, writeContent } from './contentDocument';

it('reads content of one language, and writes it as one of several', () => {
  const draft = readContent({ name: 'thanks', language: 'fr', subject: 'Merci', html: '<p>Merci</p>', trackOpens: false });

  expect(draft.defaultLanguage).toBe('fr');
  expect(draft.texts.fr).toEqual({ subject: 'Merci', preheader: '', html: '<p>Merci</p>', text: '' });
  expect(writeContent('thanks', draft)).toEqual({
    name: 'thanks',
    defaultLanguage: 'fr',
    trackOpens: false,
    texts: { fr: { subject: 'Merci', html: '<p>Merci</p>' } },
  });
});

it('reads what it wrote', () => {
  const draft = readContent({
    name: 'a',
    defaultLanguage: 'it',
    texts: { it: { subject: 'Ciao', text: 'Ciao' }, en: { subject: 'Hi', html: 'Hi' } },
  });

  expect(readContent(writeContent('a', draft))).toEqual(draft);
  expect(missingLanguages(draft)).toEqual(['fr']);
});
