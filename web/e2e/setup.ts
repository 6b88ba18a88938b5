import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemoData } from './program';

/** Makes the demo's data once. PARCOURS_DEMO_DATA names a folder that keeps it for the next run. */
export default async function setup(): Promise<() => void> {
  const kept = process.env.PARCOURS_DEMO_DATA;
  const folder = kept ?? join(mkdtempSync(join(tmpdir(), 'parcours-demo-')), 'data');
  if (!existsSync(folder)) await makeDemoData(folder);
  process.env.PARCOURS_DEMO_FOLDER = folder;
  return () => {
    if (!kept) rmSync(join(folder, '..'), { recursive: true, force: true });
  };
}
