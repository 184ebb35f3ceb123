import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { methods, type Api } from '../../../shared/contract.ts';
import { createClient } from '../../../shared/wire.ts';
import { connectOverHttp } from '../transports/http-client.ts';
import { realPacing } from '../transports/job-feed.ts';
import { fakeJobs } from '../transports/suite.ts';
import { startWebHost, type WebHost } from './start-web-host.ts';

let base: string;
let host: WebHost;
let link: string;
let called: string[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'travaso-web-'));
  await mkdir(join(base, 'screens', 'assets'), { recursive: true });
  await mkdir(join(base, 'home', 'Documenti'), { recursive: true });
  await mkdir(join(base, 'home', '.nascosta'));
  await writeFile(join(base, 'home', 'mappa.json'), '{}');
  await writeFile(join(base, 'screens', 'index.html'), '<!doctype html><title>Travaso</title>');
  await writeFile(join(base, 'screens', 'assets', 'main.js'), 'void 0;');
  await writeFile(join(base, 'secret.txt'), 'canary');
  called = [];
  const api = Object.fromEntries(
    Object.keys(methods).map(name => [name, (input: unknown) => Promise.resolve(record(name, input))]),
  ) as unknown as Api;
  host = await startWebHost({
    api,
    events: fakeJobs().events,
    rendererDir: join(base, 'screens'),
    dataDir: join(base, 'data'),
    version: '0.0.0',
    systemLanguage: 'it',
    places: () => Promise.resolve([{ name: 'home', path: join(base, 'home') }]),
    requestTimeoutMs: 200,
    open: opened => {
      link = opened;
    },
  });
});
afterEach(async () => {
  await host.close();
  await rm(base, { recursive: true });
});

function record(name: string, input: unknown): unknown {
  called.push(`${name} ${JSON.stringify(input)}`);
  return name === 'jobs.list' ? [] : {};
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(host.origin);
    const request = httpRequest({ hostname, port, path, method: options.method ?? 'GET', headers: options.headers });
    request.on('response', response => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end(options.body);
  });
}

const tokenPath = (from = link): string => from.slice(host.origin.length);

async function signedIn(): Promise<Record<string, string>> {
  const { headers } = await ask(tokenPath());
  return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '', origin: host.origin };
}

const callBody = (method: string, input: unknown) => JSON.stringify({ kind: 'call', id: 1, method, input });
const json = { 'content-type': 'application/json' };

test('listens on 127.0.0.1 only', () => {
  expect(new URL(host.origin).hostname).toBe('127.0.0.1');
});

test('the link begins a session by a cookie no script can read, and leads to the page', async () => {
  const begun = await ask(tokenPath());
  expect(begun.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(begun.body).toContain('url=/"');
  const page = await ask('/', { headers: await cookieOf(begun) });
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Travaso</title>' });
});

const cookieOf = (answer: Answer) =>
  Promise.resolve({ cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' });

test.each(['/', '/index.html', '/assets/main.js', '/api/events', '/nothing'])(
  'answers %s to nobody without a session, nor says whether it exists',
  async path => {
    expect((await ask(path)).status).toBe(401);
    expect((await ask(path, { headers: { cookie: 'travaso_session=guess' } })).status).toBe(401);
  },
);

test('refuses a wrong token, an empty one, and one in another place', async () => {
  expect((await ask('/?token=wrong')).status).toBe(403);
  expect((await ask('/?token=')).status).toBe(403);
  expect((await ask(tokenPath().replace('/?', '/api/events?'))).status).toBe(401);
  expect((await ask(tokenPath(), { method: 'POST' })).status).toBe(401);
});

test('refuses a token that was used, and the first browser keeps its session', async () => {
  const first = await signedIn();
  expect((await ask(tokenPath())).status).toBe(403);
  expect((await ask('/', { headers: first })).status).toBe(200);
});

test('a new link turns the browser before it away', async () => {
  const first = await signedIn();
  const newLink = host.newLink();
  expect((await ask('/', { headers: first })).status).toBe(401);
  const second = await ask(tokenPath(newLink));
  expect((await ask('/', { headers: first })).status).toBe(401);
  expect((await ask('/', { headers: await cookieOf(second) })).status).toBe(200);
});

test.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
  'refuses the Host %s, also with the right token and session',
  async foreign => {
    expect((await ask(tokenPath(), { headers: { host: foreign } })).status).toBe(403);
    const session = await signedIn();
    expect((await ask('/', { headers: { ...session, host: foreign } })).status).toBe(403);
  },
);

test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://localhost:1'])(
  'refuses the Origin %s, also with the right session',
  async foreign => {
    const session = await signedIn();
    const headers = { ...session, ...json, origin: foreign };
    const body = callBody('jobs.get', { jobId: '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a01' });
    expect((await ask('/api/call', { method: 'POST', headers, body })).status).toBe(403);
    expect((await ask('/api/events', { headers: { ...session, origin: foreign } })).status).toBe(403);
    expect(called).toEqual([]);
  },
);

test('refuses what another site embeds or links to, though the browser sends no Origin with it', async () => {
  const { cookie = '' } = await signedIn();
  expect((await ask('/', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  expect((await ask('/', { headers: { cookie, 'sec-fetch-site': 'same-site' } })).status).toBe(403);
  expect((await ask('/', { headers: { cookie, 'sec-fetch-site': 'none' } })).status).toBe(200);
});

test('every answer carries the policy, refusals included', async () => {
  const session = await signedIn();
  const answers = [await ask('/', { headers: session }), await ask('/'), await ask('/x', { headers: session })];
  for (const { headers } of answers) {
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..\\..\\secret.txt',
  '//secret.txt',
  '/assets/main.js%00.txt',
  '/assets',
  '/assets/',
])('serves nothing outside the screens: %s', async path => {
  const answer = await ask(path, { headers: await signedIn() });
  expect(answer.status).toBe(404);
  expect(answer.body).not.toContain('canary');
});

test('refuses a body that is too long before reading it, and one that is no call', async () => {
  const headers = { ...(await signedIn()), ...json };
  const announced = { ...headers, 'content-length': String(40 * 1024 * 1024) };
  const { status } = await ask('/api/call', { method: 'POST', headers: announced }).catch(() => ({ status: 413 }));
  expect(status).toBe(413);
  expect((await ask('/api/call', { method: 'POST', headers, body: '{"kind":"call"' })).status).toBe(400);
  expect((await ask('/api/call', { method: 'POST', headers, body: '[]' })).status).toBe(400);
  const form = { ...headers, 'content-type': 'text/plain' };
  expect((await ask('/api/call', { method: 'POST', headers: form, body: callBody('jobs.list', {}) })).status).toBe(415);
});

test('hangs up on a client that sends its request too slowly, and goes on serving others', async () => {
  const session = await signedIn();
  const { port } = new URL(host.origin);
  const slow = connect(Number(port), '127.0.0.1');
  slow.on('error', () => undefined);
  const heard = everythingFrom(slow);
  slow.write(`POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n`);
  expect(await heard).toContain('408');
  expect((await ask('/', { headers: session })).status).toBe(200);
});

function everythingFrom(socket: Socket): Promise<string> {
  return new Promise(resolve => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => resolve(text));
  });
}

test('a second window of the browser takes over the events, and the first is told so', async () => {
  const session = await signedIn();
  const first = ask('/api/events', { headers: session });
  await expect
    .poll(async () => {
      const second = connect(Number(new URL(host.origin).port), '127.0.0.1');
      second.write(
        `GET /api/events HTTP/1.1\r\nHost: ${new URL(host.origin).host}\r\nCookie: ${session['cookie'] ?? ''}\r\n\r\n`,
      );
      const answer = await Promise.race([
        first,
        new Promise<null>(resolve => second.once('data', () => resolve(null))),
      ]);
      second.destroy();
      return answer?.body;
    })
    .toContain('event: replaced');
});

test('lists what is within reach, hidden entries left out, and grants what was picked from it', async () => {
  const client = createClient(connectOverHttp({ origin: host.origin, headers: await signedIn(), pacing: realPacing }));
  const home = join(base, 'home');
  expect(await client.host('host.listFolder', { path: null })).toMatchObject({
    entries: [{ name: 'home', path: home, kind: 'folder' }],
  });
  expect(await client.host('host.listFolder', { path: home })).toMatchObject({
    parent: null,
    entries: [
      { name: 'Documenti', kind: 'folder' },
      { name: 'mappa.json', kind: 'file' },
    ],
  });
  const made = await client.host('host.createFolder', { parent: join(home, 'Documenti'), name: 'Posta' });
  await expect(client.call('jobs.list', { archive: made.path })).rejects.toMatchObject({ code: 'PATH_NOT_GRANTED' });
  await client.host('host.grant', { path: made.path, as: 'folder' });
  expect(await client.call('jobs.list', { archive: made.path })).toEqual([]);
});

test.each([
  ['beyond reach', '..', 'folder'],
  ['beyond reach by dots', 'Documenti/../../secret.txt', 'file'],
  ['a folder as a file', 'Documenti', 'file'],
  ['a file as a folder', 'mappa.json', 'folder'],
  ['a file that is not there', 'manca.json', 'file'],
  ['a new file in a folder that is not there', 'manca/nuovo.html', 'new-file'],
] as const)('does not grant %s', async (_, way, as) => {
  const client = createClient(connectOverHttp({ origin: host.origin, headers: await signedIn(), pacing: realPacing }));
  await expect(client.host('host.grant', { path: `${base}/home/${way}`, as })).rejects.toMatchObject({
    code: 'PATH_NOT_GRANTED',
  });
});

test.each(['../fuori', 'a/b', 'a\\b', '.nascosta', 'con:', 'fine.', ''])('makes no folder named %j', async name => {
  const client = createClient(connectOverHttp({ origin: host.origin, headers: await signedIn(), pacing: realPacing }));
  await expect(client.host('host.createFolder', { parent: join(base, 'home'), name })).rejects.toMatchObject({
    code: 'CALL_INVALID',
  });
});

test('writes a text to a file that was picked, and to no other', async () => {
  const client = createClient(connectOverHttp({ origin: host.origin, headers: await signedIn(), pacing: realPacing }));
  const path = join(base, 'home', 'assistenza.txt');
  await expect(client.host('host.writeText', { path, text: 'a' })).rejects.toMatchObject({ code: 'PATH_NOT_GRANTED' });
  await client.host('host.grant', { path, as: 'new-file' });
  await client.host('host.writeText', { path, text: 'città' });
  expect(await readFile(path, 'utf8')).toBe('città');
});

test('keeps the screen’s state and the language for the next start, for this person’s eyes only', async () => {
  const client = createClient(connectOverHttp({ origin: host.origin, headers: await signedIn(), pacing: realPacing }));
  expect(await client.host('host.readState', {})).toEqual({ state: null });
  await client.host('host.writeState', { state: { step: 'target', archives: ['/a'] } });
  await client.host('host.setLanguage', { language: 'en' });
  expect(await client.host('host.readState', {})).toEqual({ state: { step: 'target', archives: ['/a'] } });
  expect(await client.host('host.info', {})).toMatchObject({ language: 'en', host: 'browser', picker: 'listed' });
  if (process.platform !== 'win32') expect((await stat(join(base, 'data', 'screen.json'))).mode & 0o077).toBe(0);
  await expect(client.host('host.writeState', { state: 'x'.repeat(300_000) })).rejects.toMatchObject({
    code: 'CALL_INVALID',
  });
});

test('what only a window can do is refused as data', async () => {
  const client = createClient(connectOverHttp({ origin: host.origin, headers: await signedIn(), pacing: realPacing }));
  await expect(client.host('host.pickFolder', { startAt: null })).rejects.toMatchObject({ code: 'CALL_INVALID' });
});
