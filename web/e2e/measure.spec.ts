import { cpus } from 'node:os';
import type { Page } from '@playwright/test';
import { generatedJourney } from '../src/features/journeys/map/generate';
import { expect, test } from './app';
import { JourneyMap } from './map';

/** What a person waits for, in figures: docs/performance.md. Nothing is judged here; it prints. */
const LOADS = 7;
const FRAMES_MS = 6_000;

test.beforeAll(() => console.log(`${cpus().length} × ${cpus()[0]?.model}`));

test('the first load of the journeys', async ({ browser, demo, signedIn }) => {
  const loads: { bytes: number; script: number; shown: number; interactive: number }[] = [];
  for (let load = 0; load < LOADS; load++) {
    const context = await browser.newContext({ baseURL: demo.address, storageState: signedIn });
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    const kinds = new Map<string, string>();
    let bytes = 0;
    let script = 0;
    client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      bytes += encodedDataLength;
      if (kinds.get(requestId) === 'Script') script += encodedDataLength;
    });
    await page.addInitScript(() => {
      const own = window as unknown as { busyUntil: number };
      own.busyUntil = 0;
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) own.busyUntil = Math.max(own.busyUntil, task.startTime + task.duration);
      }).observe({ entryTypes: ['longtask'] });
    });
    await page.goto('/journeys');
    await page.getByRole('row', { name: /Win back/ }).waitFor();
    const shown = await page.evaluate(() => performance.now());
    await page.waitForTimeout(1_500);
    const busyUntil = await page.evaluate(() => (window as unknown as { busyUntil: number }).busyUntil);
    loads.push({ bytes, script, shown, interactive: Math.max(shown, busyUntil) });
    await context.close();
  }
  const middle = (pick: (load: (typeof loads)[number]) => number) => Math.round(median(loads.map(pick)));
  console.log(
    `first load: ${kB(middle((load) => load.bytes))} over the wire, ${kB(middle((load) => load.script))} of it scripts; ` +
      `shown after ${middle((load) => load.shown)} ms, interactive after ${middle((load) => load.interactive)} ms (median of ${LOADS})`,
  );
});

for (const size of [30, 300])
  test(`frames of a map with ${size} points`, async ({ page, api }) => {
    const id = `measured-${size}`;
    await api.put(`/api/v1/journeys/${id}`, { ...generatedJourney(7, size), id, name: id });
    const began = Date.now();
    await page.goto(`/journeys/${id}`);
    await expect(new JourneyMap(page).points.first()).toBeVisible();
    console.log(`${size} points: drawn after ${Date.now() - began} ms`);
    for (const [what, move] of [
      ['panning', pan],
      ['zooming', zoom],
    ] as const) {
      const frames = await framesWhile(page, move);
      console.log(
        `${size} points, ${what}: median ${median(frames).toFixed(1)} ms, p95 ${quantile(frames, 0.95).toFixed(1)} ms, ` +
          `longest ${Math.max(...frames).toFixed(1)} ms, ${frames.length} frames`,
      );
    }
  });

async function pan(page: Page, step: number): Promise<void> {
  // To and fro, down and up: React Flow pans by the wheel.
  await page.mouse.wheel(Math.round(30 * Math.cos(step / 20)), Math.round(40 * Math.sin(step / 30)));
}

async function zoom(page: Page, step: number): Promise<void> {
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, Math.round(24 * Math.sin(step / 25)));
  await page.keyboard.up('Control');
}

/** The times between frames while the map moves. */
async function framesWhile(page: Page, move: (page: Page, step: number) => Promise<void>): Promise<number[]> {
  await page.mouse.move(700, 450);
  await page.evaluate(() => {
    const own = window as unknown as { frames: number[]; counting: boolean };
    own.frames = [];
    own.counting = true;
    let last = 0;
    const count = (now: number) => {
      if (last > 0) own.frames.push(now - last);
      last = now;
      if (own.counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  const until = Date.now() + FRAMES_MS;
  for (let step = 0; Date.now() < until; step++) await move(page, step);
  return page.evaluate(() => {
    const own = window as unknown as { frames: number[]; counting: boolean };
    own.counting = false;
    return own.frames;
  });
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function median(values: number[]): number {
  return quantile(values, 0.5);
}

function kB(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
