import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Dispatch } from '../hosts/transports/serve-api.ts';
import { isTrustedSender } from './trusted-sender.ts';
import { bridgeWindow } from './window-bridge.ts';

type Handler = (event: unknown, message?: unknown) => unknown;
const handlers = vi.hoisted(() => new Map<string, Handler>());
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) },
}));

const page = { url: 'app://travaso/index.html', origin: 'app://travaso' };
const contents = { mainFrame: page, send: vi.fn(), isDestroyed: () => false, once: vi.fn() };
const call = { kind: 'call', id: 7, method: 'host.info', input: {} };
let reached: string[];

beforeEach(() => {
  reached = [];
  handlers.clear();
  const dispatch: Dispatch = name => {
    reached.push(name);
    return Promise.resolve({ ok: true, value: {} });
  };
  const wire = {
    call: dispatch,
    subscribe: () => {
      reached.push('subscribe');
      return () => undefined;
    },
  };
  const takeDropped = (path: string): Promise<string> => {
    reached.push(`dropped ${path}`);
    return Promise.resolve(path);
  };
  bridgeWindow(() => ({ webContents: contents }) as unknown as BrowserWindow, { dispatch, takeDropped }, wire);
});

const strangers = {
  'another window': { sender: { ...contents }, senderFrame: page },
  'a frame within the page': { sender: contents, senderFrame: { ...page } },
  'a frame that is gone': { sender: contents, senderFrame: null },
};

test.each(Object.entries(strangers))('no handler at all serves %s', async (_, event) => {
  expect(handlers.size).toBeGreaterThan(0);
  for (const handler of handlers.values()) await handler(event, call);
  expect(reached).toEqual([]);
});

test('serves the page itself', async () => {
  const event = { sender: contents, senderFrame: page };
  expect(await handlers.get('travaso:call')?.(event, call)).toEqual({ kind: 'reply', id: 7, ok: true, value: {} });
  expect(reached).toEqual(['host.info']);
});

test('takes a dropped place by its path, and nothing that is none', async () => {
  const event = { sender: contents, senderFrame: page };
  const path = resolve('backup.pst');
  expect(await handlers.get('travaso:dropped')?.(event, path)).toBe(path);
  for (const other of ['backup.pst', '', 7, null, { path }]) {
    expect(await handlers.get('travaso:dropped')?.(event, other)).toBeNull();
  }
  expect(reached).toEqual([`dropped ${path}`]);
});

test.each([undefined, null, 'call', [], {}, { ...call, id: -1 }, { ...call, extra: 1 }, { ...call, method: 7 }])(
  'refuses the message %j, which is no call',
  async message => {
    const event = { sender: contents, senderFrame: page };
    expect(await handlers.get('travaso:call')?.(event, message)).toMatchObject({ ok: false });
    expect(reached).toEqual([]);
  },
);

test.each([
  'https://travaso/index.html',
  'app://travaso.example/index.html',
  'app://other/index.html',
  'file:///index.html',
  'about:blank',
  'data:text/html,x',
])('believes no page at %s, though it sits in our window', url => {
  const frame = { url, origin: URL.canParse(url) ? url.split('/').slice(0, 3).join('/') : 'null' };
  expect(isTrustedSender({ senderFrame: frame, mainFrame: frame })).toBe(false);
});

test('one file listens to pages, the one tested here', () => {
  const listening = readdirSync(import.meta.dirname)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter(name => /\bipcMain\b/.test(readFileSync(join(import.meta.dirname, name), 'utf8')));
  expect(listening).toEqual(['window-bridge.ts']);
});
