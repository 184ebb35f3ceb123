import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { createHttpClient } from '../electron/engine/http/http-client.ts';
import type { Ports } from '../electron/engine/ports.ts';
import { createTestClock } from '../electron/engine/testing/test-clock.ts';
import { problemOf } from '../shared/errors.ts';
import type { SignInStep } from '../shared/model/sign-in.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import type { FakeEdition } from './fakes/zimbra/fake-state.ts';
import { startIdentityProvider } from './fakes/zimbra/identity-provider.ts';
import type { IdentityProvider } from './fakes/zimbra/identity-provider.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import type { ZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';

/** The way in by the identity provider's page, up to the window: that is tried in `journeys/sign-in-saml.test.ts`. */
const anna = 'anna@ente.it';
const bruno = 'bruno@ente.it';
const password = 'canarino-casella';
const atProvider: Readonly<Record<string, string>> = { [anna]: 'canarino-anna', [bruno]: 'canarino-bruno' };

type OpenWindow = NonNullable<Ports['openSignInWindow']>;

interface Person {
  readonly fake: ZimbraFake;
  readonly provider: IdentityProvider;
  /** What the log was told. */
  readonly logged: string[];
  begin(way?: 'usual' | 'webPage', typed?: string | null): Promise<SignInStep>;
  /** Opens the page, and comes back when the window is gone. */
  open(): Promise<SignInStep>;
  check(): Promise<unknown>;
  /** Opens the page without waiting for anything. */
  press(): Promise<SignInStep>;
  read(): SignInStep | Promise<SignInStep>;
  forget(): Promise<unknown>;
}

interface Circumstances {
  readonly edition?: FakeEdition;
  /** The address that was typed. */
  readonly wanted?: string;
  readonly window?: OpenWindow | null;
  readonly ports?: Partial<Ports>;
}

async function personAt({
  edition = 'carbonio-advanced',
  wanted = anna,
  window,
  ports = {},
}: Circumstances = {}): Promise<Person> {
  const accounts = [anna, bruno].map(name => ({ name, password, mailbox: fakeMailbox(), aliases: [`a.${name}`] }));
  const fake = await startZimbraFake({ edition, accounts });
  onTestFinished(() => fake[Symbol.asyncDispose]());
  const provider = await startIdentityProvider(atProvider);
  onTestFinished(() => provider[Symbol.asyncDispose]());
  fake.state.identityProvider = provider;
  fake.state.authMethods = ['saml'];
  const logged: string[] = [];
  const note = (event: string, facts?: object): void => void logged.push(`${event} ${JSON.stringify(facts ?? {})}`);
  const openSignInWindow = window === undefined ? browsing(fake, provider, anna) : (window ?? undefined);
  const engine = createEngine(defaultPorts({ log: { debug: note, warn: note }, openSignInWindow, ...ports }));
  onTestFinished(() => engine.close());
  let signInId = '';
  const account = { address: fake.address(wanted), caFile: fake.caFile };
  const person: Person = {
    ...{ fake, provider, logged },
    async begin(way = 'usual', typed = 'non-mandarla') {
      const reached = await engine.api['signIn.begin']({ ...account, password: typed, way, acceptHost: true });
      signInId = reached.signInId;
      return reached.step;
    },
    press: async () => (await engine.api['signIn.answer']({ signInId, answer: { answer: 'webPage' } })).step,
    async open() {
      let step = await person.press();
      while (step.step === 'webPage' && step.open) {
        await delay(10);
        step = await person.read();
      }
      return step;
    },
    read: async () => (await engine.api['signIn.read']({ signInId })).step,
    check: () => engine.api['account.check']({ account: { ...account, signInId } }).catch(problemOf),
    forget: () => engine.api['signIn.forget']({ signInId }),
  };
  return person;
}

/** A browser without eyes: follows the page to the provider, fills in the form, and posts its word back. */
function browsing(fake: ZimbraFake, provider: IdentityProvider, user: string): OpenWindow {
  return async ({ url, sessionCookie }, signal) => {
    const ca = (await Promise.all([fake.caFile, provider.caFile].map(file => readFile(file, 'utf8')))).join('\n');
    const http = createHttpClient({ ca });
    try {
      const begun = await http.send({ method: 'GET', url }, signal);
      await begun.body.dump();
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const login = new URLSearchParams({ user, password: atProvider[user] ?? '' }).toString();
      const page = String(begun.headers['location']);
      const posting = await (
        await http.send({ method: 'POST', url: page, headers: form, body: login }, signal)
      ).body.text();
      const consumer = /action="([^"]+)"/.exec(posting)?.[1] ?? '';
      const word = /name="SAMLResponse" value="([^"]+)"/.exec(posting)?.[1] ?? '';
      const body = new URLSearchParams({ SAMLResponse: word }).toString();
      const ended = await http.send({ method: 'POST', url: consumer, headers: form, body }, signal);
      await ended.body.dump();
      const cookies = [ended.headers['set-cookie'] ?? []].flat();
      return cookies.some(line => line.startsWith(`${sessionCookie}=`)) ? cookies : null;
    } finally {
      await http.close();
    }
  };
}

const asks = (problem: object | null = null) => ({ step: 'webPage', host: 'localhost', open: false, problem });
const done = { step: 'done', identity: anna, kept: false };

test('a domain that lets browsers in alone: its page is offered, and no password goes anywhere', async () => {
  const person = await personAt();
  expect(await person.begin()).toMatchObject(asks());
  expect(await person.open()).toEqual(done);
  expect(await person.check()).toEqual({});
  expect(person.fake.state.calls.map(({ name }) => name)).not.toContain('/zx/auth/v2/login');
  // Who is in is asked before anything else.
  expect(person.fake.state.calls[0]?.name).toBe('GetInfoRequest');
  const secrets = [...person.fake.state.sessions.tokens(), password, 'non-mandarla', ...Object.values(atProvider)];
  expect(person.logged.join('\n')).toContain('ZM_AUTH_TOKEN');
  for (const secret of secrets) expect(person.logged.join('\n')).not.toContain(secret);
});

test('somebody else came back: signed out again at once, and the page is offered anew', async () => {
  let user = bruno;
  const person: Person = await personAt({
    window: (page, signal) => browsing(person.fake, person.provider, user)(page, signal),
  });
  await person.begin();
  const wrong = { code: 'SIGNIN_WRONG_ACCOUNT', details: { identity: bruno, address: anna } };
  expect(await person.open()).toMatchObject(asks(wrong));
  expect(person.fake.state.sessions.live()).toBe(0);
  // Nothing was asked in that account but whose it is, and that it be left.
  expect(person.fake.state.calls.map(({ name }) => name)).toEqual(['GetInfoRequest', 'GetInfoRequest']);
  user = anna;
  expect(await person.open()).toEqual(done);
});

test('an alias of the account that came back is the account', async () => {
  const person = await personAt({ wanted: `a.${anna}` });
  await person.begin();
  expect(await person.open()).toEqual(done);
});

test('a window that was closed has its words, and can be opened again', async () => {
  const closed: (() => void)[] = [];
  const window: OpenWindow = () => new Promise(resolve => void closed.push(() => resolve(null)));
  const person = await personAt({ window });
  await person.begin();
  expect(await person.press()).toMatchObject({ step: 'webPage', open: true });
  // It is open: a second one would be confusing.
  await expect(person.press()).rejects.toMatchObject({ code: 'SIGNIN_STEP_CONFLICT' });
  await expect.poll(() => closed.length).toBe(1);
  closed[0]?.();
  await expect.poll(() => person.read()).toMatchObject(asks({ code: 'SIGNIN_WINDOW_CLOSED' }));
  expect(await person.press()).toMatchObject({ open: true });
});

test('a page that nobody finishes is closed after a quarter of an hour; one that was given up, at once', async () => {
  const signals: AbortSignal[] = [];
  const window: OpenWindow = (_, signal) => {
    signals.push(signal);
    return new Promise(resolve => {
      if (signal.aborted) resolve(null);
      else signal.addEventListener('abort', () => resolve(null));
    });
  };
  const late = await personAt({ window, ports: { clock: createTestClock() } });
  await late.begin();
  expect(await late.open()).toMatchObject(asks({ code: 'SIGNIN_TIMED_OUT' }));
  const person = await personAt({ window });
  await person.begin();
  await person.press();
  await expect.poll(() => signals.length).toBe(2);
  await person.forget();
  expect(signals[1]?.aborted).toBe(true);
});

test('a cookie that is no session is not taken for one', async () => {
  const person = await personAt({ window: () => Promise.resolve(['ZM_AUTH_TOKEN=0_made-up; Path=/; Secure']) });
  await person.begin();
  expect(await person.open()).toMatchObject(asks({ code: 'SIGNIN_UNAVAILABLE' }));
});

test('a session that ends in the middle is the person’s to renew: no password is tried behind the scenes', async () => {
  const person = await personAt();
  await person.begin();
  await person.open();
  person.fake.state.sessions.expireAll();
  expect(await person.check()).toMatchObject({ code: 'SIGNIN_EXPIRED' });
  // As the screen does it, with nothing typed.
  expect(await person.begin('webPage', null)).toMatchObject(asks());
  expect(await person.open()).toEqual(done);
  expect(await person.check()).toEqual({});
  // A sign-in of an earlier run is gone with its memory.
  await person.forget();
  expect(await person.check()).toMatchObject({ code: 'SIGNIN_EXPIRED' });
  expect(person.fake.state.calls.map(({ name }) => name)).not.toContain('/zx/auth/v2/login');
});

test('signing out ends the session at the server', async () => {
  const person = await personAt();
  await person.begin();
  await person.open();
  expect(person.fake.state.sessions.live()).toBe(1);
  await person.forget();
  expect(person.fake.state.sessions.live()).toBe(0);
});

test('where there is no such window it is said, and who asks for one is not let in by a password', async () => {
  const person = await personAt({ window: null });
  const refused = { step: 'failed', problem: { code: 'SIGNIN_BROWSER_ONLY', details: { host: 'localhost' } } };
  expect(await person.begin()).toMatchObject(refused);
  expect(await person.begin('webPage')).toMatchObject(refused);
  expect(await person.check()).toMatchObject({ code: 'SIGNIN_BROWSER_ONLY' });
});

test.each(['carbonio-advanced', 'zimbra'] as const)(
  '%s: beside passwords the page is offered to whom a password was refused, and to nobody else',
  async edition => {
    const person = await personAt({ edition });
    person.fake.state.authMethods = ['password', 'saml'];
    const refused = await person.begin('usual', 'sbagliata');
    expect(refused).toMatchObject({ step: 'failed', problem: { code: 'SIGNIN_REFUSED', details: { webPage: true } } });
    expect(await person.begin('webPage', null)).toMatchObject(asks());
    // The old mailbox is read by IMAP, which wants a password of its own.
    expect(await person.open()).toMatchObject(
      edition === 'zimbra' ? { step: 'appPassword', problem: { code: 'IMAP_APP_PASSWORD_NEEDED' } } : done,
    );
    person.fake.state.identityProvider = null;
    person.fake.state.authMethods = ['password'];
    const plain = await person.begin('usual', 'sbagliata');
    expect('problem' in plain ? plain.problem?.details : {}).not.toHaveProperty('webPage');
  },
);
