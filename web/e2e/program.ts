import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const configuration = process.env.PARCOURS_CONFIGURATION ?? 'Release';
const program = join(import.meta.dirname, '../../src/Parcours/bin', configuration, 'net10.0/Parcours.dll');

/** The real program over a folder of its own, thrown away in the end. */
export interface Program {
  /** Where it listens. */
  address: string;
  /** The address that it printed: it signs in once (demo), or makes the first administrator (serve). */
  link: string;
  folder: string;
  stop(): Promise<void>;
}

/** Starts it and waits until it says where it can be found. `demo` runs its year of a shop first. */
export async function start(command: 'serve' | 'demo', ...more: string[]): Promise<Program> {
  if (!existsSync(program))
    throw new Error(`${program} is missing. Build it first: dotnet build src/Parcours -c ${configuration}`);
  const folder = mkdtempSync(join(tmpdir(), 'parcours-e2e-'));
  const child = spawn('dotnet', [program, command, '--data', join(folder, 'data'), '--urls', 'http://127.0.0.1:0', ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const link = await new Promise<string>((resolve, reject) => {
    const hear = (line: string) => {
      said.push(line);
      const address = line.match(/(https?:\/\/\S+\/(?:setup|set-up|signin)\/\S+)/)?.[1];
      if (address) resolve(address);
    };
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}:\n${said.join('\n')}`)));
  });
  return { address: new URL(link).origin, link, folder, stop: () => stop(child, folder) };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const over = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await over;
  }
  rmSync(folder, { recursive: true, force: true });
}
