import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';
import { freePorts } from './free-ports.ts';
import { createTestCertificate } from './test-certificate.ts';
import { createTestDirectory } from './test-directory.ts';

/** A real CardDAV and CalDAV server on loopback. Dispose it to stop it and remove everything it wrote. */
export interface RadicaleServer extends AsyncDisposable {
  readonly port: number;
  /** PEM of the authority behind its certificate, which names `localhost`; null when it speaks in clear. */
  readonly caFile: string | null;
  /** Where it keeps a user's collections, a file for each item. */
  home(user: string): string;
}

export interface RadicaleOptions {
  readonly users?: readonly string[];
  readonly tls?: boolean;
}

const program = '/usr/bin/radicale';
/** Debian keeps its modules for its own Python. */
const python = '/usr/bin/python3';
const serverFile = fileURLToPath(new URL('radicale_server.py', import.meta.url));
const password = 'segreta';
const startTimeoutMs = 30_000;

/** For `test.skipIf(!radicaleAvailable())`. Says aloud why, once per process, when tests will be skipped. */
export function radicaleAvailable(): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    if (!warned) console.warn('SKIPPED: tests against a real DAV server: radicale is not installed');
    warned = true;
    return false;
  }
}
let warned = false;

/** Starts a server and waits until it answers. */
export async function startRadicale({ users = ['anna'], tls = false }: RadicaleOptions = {}): Promise<RadicaleServer> {
  const { path: directory, remove } = createTestDirectory('radicale');
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('No free port');
  const certificate = tls ? await createTestCertificate({ directory }) : null;
  const file = (name: string): string => join(directory, name);
  await mkdir(file('storage'));
  await writeFile(file('users'), users.map(user => `${user}:${password}\n`).join(''));
  const secured =
    certificate === null ? [] : ['ssl = True', `certificate = ${certificate.certFile}`, `key = ${certificate.keyFile}`];
  const lines = [
    ...['[server]', `hosts = 127.0.0.1:${port}`, 'max_connections = 40', ...secured],
    ...[
      '[auth]',
      'type = htpasswd',
      `htpasswd_filename = ${file('users')}`,
      'htpasswd_encryption = plain',
      'delay = 0',
    ],
    ...['[storage]', `filesystem_folder = ${file('storage')}`],
    ...['[logging]', 'level = error'],
  ];
  await writeFile(file('config'), `${lines.join('\n')}\n`);
  const child = spawn(python, [serverFile, file('config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const exited = once(child, 'exit');
  const forget = atExit(() => child.kill('SIGKILL'));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    forget();
    remove();
  };
  const deadline = AbortSignal.timeout(startTimeoutMs);
  while (!(await answers(port))) {
    if (child.exitCode !== null || deadline.aborted) {
      await stop();
      throw new Error(`Radicale did not start: ${complaint}`);
    }
    await delay(50);
  }
  return {
    port,
    caFile: certificate?.caFile ?? null,
    home: user => file(join('storage', 'collection-root', user)),
    [Symbol.asyncDispose]: stop,
  };
}

/** Whatever it answers: one that speaks TLS hangs up on clear text. */
function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const request = get({ host: '127.0.0.1', port, path: '/' }, response => {
      response.resume();
      resolve(true);
    });
    request.once('error', error => resolve(!('code' in error && error.code === 'ECONNREFUSED')));
  });
}
