import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';
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
 * What axe finds that keeps somebody from using the page as it stands. Frames are left out: they hold mails as they were written, where no
 * script may run. axe is put into a page once, and tells of violations alone: naming all that is well takes most of its time.
 */
export async function seriousOf(page: Page, where: string, rules: axe.RunOptions = {}): Promise<object[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      return (await axe.run({ exclude: ['iframe'] }, options)).violations;
    },
    { ...rules, resultTypes: ['violations'] } satisfies axe.RunOptions as axe.RunOptions,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      where,
      id,
      at: nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).slice(0, 4),
    }));
}

/** What comes, goes or changes its colour has come to its end; what moves for ever does not count. */
function settled(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished),
    ),
  );
}

/** Nothing serious against the page as it stands, in the light and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await settled(page);
    expect(await seriousOf(page, scheme)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

export { expect } from '@playwright/test';
