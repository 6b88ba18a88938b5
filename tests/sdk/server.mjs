// Starts the built server on a fresh data folder and talks to it as an operator would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = ['Release', 'Debug']
  .map((configuration) => fileURLToPath(new URL(`../../src/Parcours/bin/${configuration}/net10.0/Parcours.dll`, import.meta.url)))
  .find(existsSync);

/** A server of its own, and keys for it; `stop` ends it and removes its folder. `options` are more of the command line. */
export async function startServer(options = []) {
  if (!program) throw new Error('Build the server first: dotnet build -c Release');
  const data = await mkdtemp(join(tmpdir(), 'parcours-sdk-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const said = [];
  const server = spawn('dotnet', [program, 'serve', '--data', data, '--urls', url, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  server.stdout.on('data', (chunk) => said.push(chunk));
  server.stderr.on('data', (chunk) => said.push(chunk));
  const ended = once(server, 'exit');

  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };

  try {
    await ready(url, server, said);
    return {
      url,
      stop,
      intakeKey: await addKey(data, 'intake'),
      publicKey: await addKey(data, 'public'),
      adminKey: await addKey(data, 'admin'),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(url, server, said) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}:\n${Buffer.concat(said)}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await pause(100);
  }
  throw new Error(`The server was not ready within 30 s:\n${Buffer.concat(said)}`);
}

/** The key alone stands on standard output; the command works while the server runs. */
async function addKey(data, scope) {
  const command = spawn('dotnet', [program, 'key', 'add', '--data', data, '--name', `${scope} for tests`, '--scope', scope], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  command.stdout.on('data', (chunk) => (output += chunk));
  const [code] = await once(command, 'close');
  if (code !== 0 || !/^\S+\n$/.test(output)) throw new Error(`key add --scope ${scope} ended with ${code} and printed: ${output}`);
  return output.trim();
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
