import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Api } from './api';
import { expect, expectAccessible, seriousOf, test } from './app';
import { JourneyMap } from './map';

/** An address for every page of the router; what is new there and not here fails the first test. */
const addresses: Record<string, string> = {
  'sign-in': '/sign-in',
  'set-up/:token?': '/set-up/none',
  journeys: '/journeys',
  'journeys/new': '/journeys/new',
  'journeys/new/guided': '/journeys/new/guided',
  'journeys/:id/*': '/journeys/win-back',
  contacts: '/contacts',
  'contacts/lists': '/contacts/lists',
  'contacts/lists/:id': '/contacts/lists/tea-club',
  'contacts/tags': '/contacts/tags',
  'contacts/import': '/contacts/import',
  'contacts/imports': '/contacts/imports',
  'contacts/imports/:id': '/contacts/imports/IMPORT',
  'contacts/:id': '/contacts/CONTACT',
  segments: '/segments',
  'segments/new': '/segments/new',
  'segments/:name': '/segments/lapsed',
  content: '/content',
  'content/:name': '/content/we-miss-you',
  tasks: '/tasks',
  notifications: '/notifications',
  sandbox: '/sandbox',
  'sandbox/:key': '/sandbox/MAIL',
  'settings/properties': '/settings/properties',
  'settings/topics': '/settings/topics',
  'settings/caps': '/settings/caps',
  'settings/quiet': '/settings/quiet',
  'settings/coupons': '/settings/coupons',
  'settings/audit': '/settings/audit',
  'settings/actions': '/settings/actions',
  'settings/hooks': '/settings/hooks',
  'settings/events': '/settings/events',
  'settings/users': '/settings/users',
  'settings/keys': '/settings/keys',
  'settings/webhooks': '/settings/webhooks',
  'settings/nodes': '/settings/nodes',
  profile: '/profile',
  '*': '/nowhere',
};
const more = [
  '/journeys/win-back/outline',
  '/journeys/win-back?edit',
  '/journeys/win-back/outline?edit',
  '/journeys/win-back/settings?edit',
  '/journeys/win-back/versions',
];
const languages = [
  ['en', 'en-GB'],
  ['fr', 'fr-FR'],
  ['it', 'it-IT'],
] as const;

const main: ReadonlySet<string> = new Set([
  '/sign-in',
  '/journeys',
  '/journeys/win-back',
  '/journeys/win-back?edit',
  '/journeys/win-back/settings?edit',
  '/contacts',
  '/contacts/CONTACT',
  '/segments/lapsed',
  '/content/we-miss-you',
  '/sandbox',
]);
const all = [...Object.values(addresses), ...more];
const walks = {
  'the main': all.filter((address) => main.has(address)),
  'the other': all.filter((address) => !main.has(address)),
};

// Each walk is on its own.
test.describe.configure({ mode: 'parallel' });

test('every page of the router is looked at', { tag: '@check' }, () => {
  const router = readFileSync(join(import.meta.dirname, '../src/app/routes.tsx'), 'utf8');
  // Pages of the settings are named below their own.
  const [above = '', below = ''] = router.split("path: 'settings'");
  const pages = (text: string) => [...text.matchAll(/path: '([^']+)',?\s*(?:lazy|element)/g)].map((match) => match[1] ?? '');
  const all = [...pages(above), ...pages(below).map((path) => (/^(profile|\*)$/.test(path) ? path : `settings/${path}`))];
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((path) => !(path in addresses))).toEqual([]);
});

for (const [language, locale] of languages)
  test.describe(language, () => {
    test.use({ locale });
    for (const [which, walk] of Object.entries(walks))
      test(`nothing serious on ${which} pages, in ${language}`, {
        tag: language === 'en' && which === 'the main' ? ['@check'] : [],
      }, async ({ page, api, browser, demo }) => {
        test.slow();
        const known = await things(api);
        const found: unknown[] = [];
        for (const address of walk) {
          const outside = /^\/(sign-in|set-up)/.test(address);
          const at = outside ? await (await browser.newContext({ baseURL: demo.address, locale })).newPage() : page;
          await at.goto(address.replace(/IMPORT|CONTACT|MAIL/, (name) => known[name] ?? ''));
          await ready(at);
          await expect(at.locator('html')).toHaveAttribute('lang', language);
          found.push(
            ...(await seriousOf(at, address, language === 'en' ? {} : { rules: { 'color-contrast': { enabled: false } } })),
          );
          if (language === 'en') {
            // Contrast is the same in every language; the dark theme changes nothing else.
            await at.emulateMedia({ colorScheme: 'dark' });
            await expect(at.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
            found.push(...(await seriousOf(at, `${address} in the dark`, { runOnly: ['color-contrast'] })));
            await at.emulateMedia({ colorScheme: 'light' });
          }
          if (outside) await at.context().close();
        }
        expect(found).toEqual([]);
      });
  });

test('nothing serious in what opens over the pages', async ({ page, api }) => {
  const map = new JourneyMap(page);
  await page.goto('/journeys/win-back?edit');
  await map.open(/^Send e-mail, we-miss-you/);
  await expect(map.pane.frameLocator('iframe').getByText('THE GIFT SHOP')).toBeVisible();
  await map.plus('before we-miss-you').click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'No errors' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Review and publish' }).click();
  await expect(page.getByRole('dialog').getByText(/points, each can be reached/)).toBeVisible();
  await expectAccessible(page);
  await page.goto('/journeys/win-back');
  await map.point(/^Delay, 14 days/).click();
  await expect(map.pane.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await tell(api);
  await page.goto('/tasks');
  await page.getByRole('button', { name: /^Notifications: [1-9]/ }).click();
  await expect(page.getByRole('dialog', { name: 'Notifications' }).getByRole('link').first()).toBeVisible();
  await expectAccessible(page);
});

/** A journey tells its users of somebody. */
async function tell(api: Api): Promise<void> {
  await api.put('/api/v1/journeys/telling', {
    format: 1,
    id: 'telling',
    name: 'Telling',
    start: [{ kind: 'event', id: 'asked', events: ['Help Asked'], next: 'tell' }],
    points: { tell: { kind: 'notify', text: 'Asks for help' } },
  });
  await api.post('/api/v1/journeys/telling/publish');
  await api.event('Help Asked', { email: 'ada@example.org', firstName: 'Ada' });
}

/** An import, a contact and a mail to look at, and a list that nobody is on. */
async function things(api: Api): Promise<Record<string, string>> {
  await api.put('/api/v1/lists/tea-club', { title: 'Tea club' }).catch(() => undefined);
  const contacts = await api.get<{ items: { id: string }[] }>('/api/v1/contacts?userId=17850');
  const mails = await api.get<{ items: { key: string }[] }>('/api/v1/sandbox?limit=1');
  const imports = await api.get<{ items: { id: string }[] }>('/api/v1/imports?limit=1');
  return { CONTACT: contacts.items[0]?.id ?? '', MAIL: mails.items[0]?.key ?? '', IMPORT: imports.items[0]?.id ?? 'none' };
}

async function ready(page: Page): Promise<void> {
  await expect(page.locator('h1, [data-ready]').first()).toBeVisible();
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
}
