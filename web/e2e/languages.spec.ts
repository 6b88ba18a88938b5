import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app';
import { JourneyMap } from './map';

interface Words {
  [key: string]: string | Words;
}

/** A text of the web application as it stands there: the story is the same in every language, told in its words. */
function wordsOf(language: string) {
  return (file: string, path: string): string => {
    const texts = JSON.parse(readFileSync(join(import.meta.dirname, `../src/i18n/${language}/${file}.json`), 'utf8')) as Words;
    const found = path
      .split('.')
      .reduce<Words | string | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), texts);
    if (typeof found !== 'string') throw new Error(`There is no text ${path} in ${language}/${file}.json.`);
    return found;
  };
}

for (const [language, locale] of [
  ['fr', 'fr-FR'],
  ['it', 'it-IT'],
] as const)
  test.describe(language, () => {
    test.use({ locale });
    test(`a journey is drawn, published and travelled in ${language}`, { tag: '@check' }, async ({ page, api }) => {
      const say = wordsOf(language);
      const map = new JourneyMap(page);
      const panel = page.getByRole('region', { name: say('map', 'panel.title') });
      const name = `Prima ${language}`;
      await page.goto('/journeys');
      await page.getByRole('link', { name: say('journeys', 'home.new') }).click();
      await page.getByRole('button', { name: new RegExp(`^${say('create', 'scratch.title')}`) }).click();
      await page.getByRole('textbox', { name: say('create', 'scratch.name') }).fill(name);
      await page.keyboard.press('Enter');

      await panel.getByRole('option', { name: say('points', 'startKind.event') }).click();
      await page.getByRole('combobox', { name: say('points', 'start.events') }).fill(`Ora ${language}`);
      await page.keyboard.press('Enter');
      await expect(map.point(new RegExp(`, Ora ${language}`))).toBeVisible();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await map.point(new RegExp(`, Ora ${language}`)).focus();
      await page.keyboard.press('a');
      await panel.getByRole('combobox').first().fill(say('points', 'kind.end'));
      await page.keyboard.press('Enter');
      await expect(map.point(new RegExp(`^${say('points', 'kind.end')},`))).toBeVisible();

      await page.getByRole('button', { name: say('map', 'publish.title') }).click();
      const sheet = page.getByRole('dialog', { name: say('map', 'publish.title') });
      await sheet.getByRole('button', { name: say('map', 'publish.goLive') }).click();
      await expect(page.getByText(say('journeys', 'status.live'), { exact: true })).toBeVisible();
      await api.event(`Ora ${language}`, { email: `ines-${language}@tea.example` });
      await expect(map.point(new RegExp(`^${say('points', 'kind.start')}`))).toContainText('1');
    });
  });
