import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const configuration = process.env.PARCOURS_CONFIGURATION ?? 'Release';
const program = join(import.meta.dirname, '../../src/Parcours/bin', configuration, 'net10.0/Parcours.dll');

/** The last order of the demo's year: its clock stands there and moves only when told. */
const DEMO_ENDS = '2011-12-09T12:50:00Z';
export const demoUser = { email: 'demo@example.org', password: 'a year of a web shop' };

/** The real program over a folder of its own, thrown away in the end. */
export interface Program {
  /** Where it listens. */
  address: string;
  /** The address that it printed, which makes the first administrator; empty where there is one. */
  link: string;
  stop(): Promise<void>;
}

/** A year of a web shop through the real engine: once for all tests, which then serve copies of it. */
export async function makeDemoData(folder: string): Promise<void> {
  // What a run that was broken off left behind must not be taken for the whole year.
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  await run(['demo', '--exit', '--data', unfinished]);
  renameSync(unfinished, folder);
}

/** A new installation, or one with the demo's data; it answers when this returns. */
export async function serve(demoData?: string): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'parcours-e2e-'));
  const data = join(folder, 'data');
  if (demoData) {
    cpSync(demoData, data, { recursive: true });
    // Here, and not when the data are made: they may be anybody's `parcours demo --exit --data`, which knows no such user.
    await run(['user', 'add', '--data', data, '--email', demoUser.email], `${demoUser.password}\n`);
  }
  const child = spawn(
    'dotnet',
    [program, 'serve', '--data', data, '--urls', 'http://127.0.0.1:0', ...(demoData ? ['--test-clock', DEMO_ENDS] : [])],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (line: string) => {
      said.push(line);
      const found = line.match(/(https?:\/\/127\.0\.0\.1:\d+\S*)/)?.[1];
      // Of a new installation the address that makes the first administrator is waited for; it comes last.
      if (found && (demoData || found.includes('/setup/'))) resolve(found);
    };
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}:\n${said.join('\n')}`)));
  });
  return { address: new URL(address).origin, link: demoData ? '' : address, stop: () => stop(child, folder) };
}

async function run(args: string[], input = ''): Promise<void> {
  if (!existsSync(program))
    throw new Error(`${program} is missing. Build it first: dotnet build src/Parcours -c ${configuration}`);
  const done = promisify(execFile)('dotnet', [program, ...args], { maxBuffer: 16 * 1024 * 1024 });
  done.child.stdin?.end(input);
  await done;
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const over = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await over;
  }
  rmSync(folder, { recursive: true, force: true });
}
