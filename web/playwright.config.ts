import { defineConfig } from '@playwright/test';

/** Debian's Chromium: Playwright's own build is not needed. PARCOURS_CHROMIUM names another. */
const chromium = process.env.PARCOURS_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/setup.ts',
  outputDir: 'test-results',
  // Measured by hand, on a machine that does nothing else: PARCOURS_MEASURE=1 npx playwright test measure (docs/performance.md).
  testIgnore: process.env.PARCOURS_MEASURE ? [] : ['**/measure.spec.ts'],
  // Two cores that others use too may take their time; a test that waits for nothing is none the slower for it.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  // Each has its own program, data and browser; the files are spread over them.
  workers: 2,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    browserName: 'chromium',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    screenshot: 'only-on-failure',
    // Recording every step takes as long as the tests themselves: PARCOURS_TRACE=1 npx playwright test NAME, to look into one that failed.
    trace: process.env.PARCOURS_TRACE ? 'retain-on-failure' : 'off',
  },
});
