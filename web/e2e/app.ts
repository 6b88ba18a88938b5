import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { Api } from './api';
import { demoUser, type Program, serve } from './program';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Refusals that tests ask for, and what Playwright itself tries inside a mail's frame, which may run nothing. */
const EXPECTED = /status of 4\d\d|ERR_INTERNET_DISCONNECTED|Blocked script execution in .* sandboxed/;

/** Tests against the demo's data, signed in. One program and one sign-in serve a worker. */
export const test = base.extend<{ page: Page; api: Api }, { demo: Program; signedIn: State }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern.
    async ({}, use) => {
      const demo = await serve(process.env.PARCOURS_DEMO_FOLDER);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  signedIn: [
    async ({ browser, demo }, use) => {
      const context = await browser.newContext({ baseURL: demo.address });
      const answer = await context.request.post('/api/v1/session', { data: demoUser, headers: { Origin: demo.address } });
      expect(answer.status()).toBe(200);
      await use(await context.storageState());
      await context.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  storageState: async ({ signedIn }, use) => use(signedIn),
  baseURL: async ({ demo }, use) => use(demo.address),
  api: async ({ page, demo }, use) => use(new Api(page.request, demo.address)),
  page: async ({ page }, use) => {
    // What the console complains about is a defect: a script that failed, or something that the content security policy held.
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});

/**
 * Judges the page itself and no frame in it: those hold mails as they were written, where no script may run, so that axe would wait for
 * ever. Without frames axe need not open a page of its own to put its findings together ("legacy mode").
 */
export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).exclude('iframe').setLegacyMode(true);
}

/** What it finds that keeps somebody from using the page. */
export async function seriousOf(builder: AxeBuilder, where: string): Promise<object[]> {
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      where,
      id,
      at: nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).slice(0, 4),
    }));
}

/** Nothing serious against the page as it stands, in the light and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    expect(await seriousOf(axe(page), scheme)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

export { expect } from '@playwright/test';
