import { request as httpRequest } from 'node:http';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { SignInStep } from '../shared/model/sign-in.ts';
import { createTestClock } from '../electron/engine/testing/test-clock.ts';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts, memorySecrets } from '../electron/engine/default-ports.ts';
import { microsoftDoor } from '../electron/engine/signin/microsoft-flow.ts';
import { browserOf, pressing } from './microsoft-pages.ts';
import { anna, annaAtMicrosoft, microsoftEngine, satBrowser } from './microsoft-rig.ts';
import { findChromium, startChromium } from './rig/chromium-browser.ts';
import { signInAsPerson } from './rig/oidc-person.ts';
import { sampleCorrelation, startOidcServer, type OidcServer } from './rig/oidc-server.ts';

let oidc: OidcServer;
const luigi = { address: 'luigi@ente.it', password: 'altra-parola' };

beforeAll(async () => {
  oidc = await startOidcServer();
});
afterAll(() => oidc[Symbol.asyncDispose]());
beforeEach(() => {
  oidc.manners.users = { [anna.address]: anna, [luigi.address]: luigi };
  oidc.manners.approvalNeeded = false;
  oidc.answerTokensWith(null);
});

function codeOf(step: SignInStep): string {
  return step.step === 'failed' ? step.problem.code : step.step;
}

test('password, second factor and consent are given in the browser, and the person is in', async () => {
  oidc.manners.users = { [anna.address]: { ...anna, code: '730182' } };
  const browser = satBrowser(oidc.caFile, { ...anna, code: '730182' });
  const engine = microsoftEngine(oidc, browser);
  const { signInId, step } = await engine.begin();
  expect(step).toMatchObject({ step: 'browser', host: 'localhost', url: browser.urls[0] });
  expect(await engine.ended(signInId)).toEqual({ step: 'done', identity: 'anna@ente.it', kept: false });
  const { headings, returned, status } = await browser.lastVisit();
  expect(headings.slice(0, 3)).toEqual(['Accedi', 'Verifica la tua identità', 'Autorizzazioni richieste']);
  expect(status).toBe(200);
  // RFC 8252: loopback, no path; the code in a form, never in an address.
  expect(returned.url).toMatch(/^http:\/\/localhost:\d+\/$/);
  const asked = new URL(browser.urls[0] ?? '').searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('response_mode')).toBe('form_post');
  expect(asked.get('login_hint')).toBe('anna@ente.it');
  expect(asked.get('scope')?.split(' ').sort()).toEqual(
    [
      'https://outlook.office.com/IMAP.AccessAsUser.All',
      ...['Contacts', 'Calendars', 'Tasks'].map(each => `https://graph.microsoft.com/${each}.ReadWrite`),
      ...['offline_access', 'openid', 'profile'],
    ].sort(),
  );
});

test('another account than the wanted one is refused before any mailbox is touched, and the next page asks which', async () => {
  const browser = satBrowser(oidc.caFile, luigi);
  const engine = microsoftEngine(oidc, browser, { microsoft: { imapHost: 'localhost', imapPort: 1 } });
  const { signInId } = await engine.begin();
  const step = await engine.ended(signInId);
  expect(step).toMatchObject({
    step: 'failed',
    problem: { code: 'SIGNIN_WRONG_ACCOUNT', details: { address: 'anna@ente.it', identity: 'luigi@ente.it' } },
  });
  const check = engine.api['account.check']({ account: { address: annaAtMicrosoft, signInId, caFile: oidc.caFile } });
  await expect(check).rejects.toMatchObject({ code: 'SIGNIN_EXPIRED' });

  browser.seat(anna);
  expect(codeOf(await engine.ended((await engine.begin()).signInId))).toBe('done');
  expect(browser.urls.map(url => new URL(url).searchParams.get('prompt'))).toEqual([null, 'select_account']);
});

test('consent that is refused, or that only an administrator can give, says so with Microsoft’s own number', async () => {
  const browser = satBrowser(oidc.caFile, { ...anna, consent: 'cancel' });
  const engine = microsoftEngine(oidc, browser);
  expect(await engine.ended((await engine.begin()).signInId)).toMatchObject({
    problem: { code: 'MICROSOFT_CONSENT_REFUSED', details: { number: 'AADSTS65004', correlation: sampleCorrelation } },
  });
  oidc.manners.approvalNeeded = true;
  expect(await engine.ended((await engine.begin()).signInId)).toMatchObject({
    problem: { code: 'MICROSOFT_APPROVAL_NEEDED', details: { number: 'AADSTS90094', at: '2026-11-23 05:00:00Z' } },
  });
  expect(engine.log.find(({ event }) => event === 'microsoft.refused')?.facts).toMatchObject({
    number: 'AADSTS65004',
    correlation: sampleCorrelation,
  });
});

test('mail alone was approved: a second page asks for mail alone, the rest says so and ends nothing', async () => {
  oidc.manners.itemsApproved = 'none';
  onTestFinished(() => {
    delete oidc.manners.itemsApproved;
  });
  const browser = satBrowser(oidc.caFile, null);
  const engine = microsoftEngine(oidc, browser);
  const { signInId } = await engine.begin();
  // Entra's page "Need admin approval" has one way back to the program.
  await knock(returnAddress(browser.urls[0]), {
    body: new URLSearchParams({
      state: new URL(browser.urls[0] ?? '').searchParams.get('state') ?? '',
      error: 'access_denied',
      error_description: 'AADSTS90094: Admin consent is required.',
    }).toString(),
  });
  await expect.poll(() => browser.urls.length).toBe(2);
  expect(browser.urls.map(url => /Contacts/.test(new URL(url).searchParams.get('scope') ?? ''))).toEqual([true, false]);
  await signInAsPerson(browser.urls[1] ?? '', anna, oidc.caFile);
  expect(codeOf(await engine.ended(signInId))).toBe('done');
});

test('given up: the page in the browser leads nowhere any more', async () => {
  const browser = satBrowser(oidc.caFile, null);
  const engine = microsoftEngine(oidc, browser);
  const { signInId } = await engine.begin();
  await engine.api['signIn.forget']({ signInId });
  await expect(engine.api['signIn.read']({ signInId })).rejects.toMatchObject({ code: 'SIGNIN_EXPIRED' });
  await expect(request(returnAddress(browser.urls[0]))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a tab that was closed: after a quarter of an hour the person is told', async () => {
  const clock = createTestClock();
  const engine = microsoftEngine(oidc, satBrowser(oidc.caFile, null), { clock });
  expect(codeOf(await engine.ended((await engine.begin()).signInId))).toBe('SIGNIN_TIMED_OUT');
  expect(clock.slept).toEqual([15 * 60_000]);
});

test('a browser that does not open: the address is there to be opened by hand', async () => {
  const browser = satBrowser(oidc.caFile, anna);
  const engine = microsoftEngine(oidc, browser, { openBrowser: () => Promise.reject(new Error('no browser')) });
  const { signInId, step } = await engine.begin();
  if (step.step !== 'browser') throw new Error(codeOf(step));
  await browser.open(step.url);
  expect(codeOf(await engine.ended(signInId))).toBe('done');
});

test('a strange state, a foreign Host, a code in the address, a form too large: all refused, and the true one still gets in', async () => {
  const browser = satBrowser(oidc.caFile, null);
  const engine = microsoftEngine(oidc, browser);
  const { signInId } = await engine.begin();
  const [url = ''] = browser.urls;
  const to = returnAddress(url);
  const state = new URL(url).searchParams.get('state') ?? '';
  const form = (fields: Record<string, string>) => knock(to, { body: new URLSearchParams(fields).toString() });
  expect(await form({ code: 'x', state: 'guessed' })).toBe(400);
  expect(await form({ code: 'x' })).toBe(400);
  expect(await knock(to, { body: `code=x&state=${state}&state=${state}` })).toBe(400);
  expect(await knock(to, { body: `code=x&state=${state}`, host: 'evil.example' })).toBe(421);
  expect(await knock(to, { body: `code=x&state=${state}`, host: `127.0.0.1:${new URL(to).port}` })).toBe(421);
  expect(await knock(to, { body: `code=x&state=${state}`, type: 'application/json' })).toBe(415);
  expect(await knock(to, { body: `state=${state}&code=${'x'.repeat(70_000)}` })).toBe(413);
  expect(await knock(`${to}?code=x&state=${state}`, {})).toBe(404);
  expect(await knock(to, {})).toBe(405);
  expect(codeOf((await engine.api['signIn.read']({ signInId })).step)).toBe('browser');
  browser.seat(anna);
  await browser.open(url);
  expect(codeOf(await engine.ended(signInId))).toBe('done');
});

test('a second callback, and one from an earlier sign-in, are refused', async () => {
  const browser = satBrowser(oidc.caFile, anna);
  const engine = microsoftEngine(oidc, browser);
  await engine.ended((await engine.begin()).signInId);
  const { returned } = await browser.lastVisit();

  browser.seat(null);
  const { signInId } = await engine.begin();
  const to = returnAddress(browser.urls[1]);
  const state = new URL(browser.urls[1] ?? '').searchParams.get('state') ?? '';
  expect(await knock(to, { body: returned.body })).toBe(400);
  // The first with our state is taken, whichever of the two the system hands over first; while its code is redeemed the
  // other is refused, or finds nobody there any more.
  const answers = await Promise.all(
    ['not-a-code', 'another'].map(code => knock(to, { body: `code=${code}&state=${state}` }).catch(() => 'gone')),
  );
  expect(answers.filter(answer => answer === 200)).toHaveLength(1);
  expect(codeOf(await engine.ended(signInId))).toBe('MICROSOFT_SIGNIN_FAILED');
  await expect(request(to)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a code is shown instead, typed in a browser elsewhere', async () => {
  const engine = microsoftEngine(oidc, satBrowser(oidc.caFile, null));
  const { signInId, step } = await engine.begin({ way: 'deviceCode' });
  if (step.step !== 'deviceCode') throw new Error(JSON.stringify(step));
  expect(step.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  const chromium = findChromium();
  if (chromium !== null) {
    await using page = await browserOf(await startChromium(chromium), step.url);
    await pressing(page.page, { ...anna, deviceCode: step.userCode });
    expect(codeOf(await engine.ended(signInId))).toBe('done');
  }
});

test('Microsoft is busy: the person is asked to come back, after the time it named', async () => {
  const browser = satBrowser(oidc.caFile, anna);
  const engine = microsoftEngine(oidc, browser);
  oidc.answerTokensWith({ status: 503, headers: { 'retry-after': '17' }, body: '<html>Service unavailable</html>' });
  expect(await engine.ended((await engine.begin()).signInId)).toMatchObject({
    problem: { code: 'SERVER_BUSY', retryAfterMs: 17_000 },
  });
});

test('an identity server that nobody vouches for gets no browser', async () => {
  const browser = satBrowser(oidc.caFile, anna);
  const engine = microsoftEngine(oidc, browser);
  const { step } = await engine.api['signIn.begin']({ address: annaAtMicrosoft, password: null });
  expect(codeOf(step)).toBe('TLS_CERTIFICATE_UNKNOWN_CA');
  expect(browser.urls).toEqual([]);
});

test('kept in the keychain: another run goes on with it, and a sign-out leaves nothing', async () => {
  const browser = satBrowser(oidc.caFile, anna);
  const memory = memorySecrets();
  const kept: string[] = [];
  const secrets = {
    ...memory,
    keep: async (id: string, text: string) => {
      kept.push(text);
      await memory.keep(id, text);
      return true;
    },
  };
  const engine = microsoftEngine(oidc, browser, { secrets });
  const { signInId } = await engine.begin({ keep: true });
  expect(await engine.ended(signInId)).toMatchObject({ step: 'done', kept: true });
  await engine.close();

  const account = { address: annaAtMicrosoft, signInId, caFile: oidc.caFile } as const;
  const later = microsoftEngine(oidc, browser, { secrets, microsoft: { imapHost: 'localhost', imapPort: 1 } });
  const before = oidc.tokenRequests.length;
  // It gets as far as the mail server: the token came from the kept sign-in, by its refresh token.
  await expect(later.api['account.check']({ account })).rejects.toMatchObject({ code: 'SERVER_REFUSED_CONNECTION' });
  expect(oidc.tokenRequests.slice(before)).toEqual([
    { grant: 'refresh_token', scope: expect.stringContaining('IMAP') as string },
  ]);
  // The rotated refresh token was kept in place of the old one.
  expect(new Set(kept).size).toBe(2);
  await later.api['signIn.forget']({ signInId });
  expect(await secrets.password(signInId)).toBeNull();
  await expect(later.api['account.check']({ account })).rejects.toMatchObject({ code: 'SIGNIN_EXPIRED' });
});

test('one resource a request; a token lives 45 minutes with us; a refused one is replaced; a revoked grant needs the person', async () => {
  const browser = satBrowser(oidc.caFile, anna);
  let now = Date.parse('2026-03-02T08:00:00Z');
  const door = microsoftDoor({
    ports: {
      clock: { ...createTestClock(), now: () => new Date(now), sleep: () => new Promise(() => undefined) },
      log: { debug: () => undefined, warn: () => undefined },
      secrets: memorySecrets(),
      openBrowser: browser.open,
    },
    settings: () => Promise.resolve({ tenant: 'rig', clientId: oidc.clientId, authority: oidc.authority }),
  });
  const flow = await door.start({
    signInId: '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a01',
    address: { kind: 'microsoft365', user: anna.address },
    account: { address: annaAtMicrosoft },
    caFile: oidc.caFile,
    password: null,
    way: 'usual',
    keep: false,
  });
  await expect.poll(() => flow.step().step).toBe('done');
  const credentials = flow.credentials();
  if (credentials?.kind !== 'access-token') throw new Error('no token');
  const before = oidc.tokenRequests.length;
  const first = await credentials.token('imap');
  now += 44 * 60_000;
  expect(await credentials.token('imap')).toBe(first);
  expect(oidc.tokenRequests).toHaveLength(before);
  now += 60_000;
  const second = await credentials.token('imap');
  expect(second).not.toBe(first);
  const both = await Promise.all([credentials.token('imap', second), credentials.token('imap', second)]);
  expect(both[0]).toBe(both[1]);
  expect(both[0]).not.toBe(second);
  expect(await credentials.token('imap', second)).toBe(both[0]);
  await credentials.token('graph');
  const scopes = oidc.tokenRequests.slice(before).map(({ grant, scope }) => {
    expect(grant).toBe('refresh_token');
    return /IMAP/.test(scope) ? (/graph/.test(scope) ? 'both' : 'imap') : 'graph';
  });
  expect(scopes).toEqual(['imap', 'imap', 'graph']);

  oidc.store.revokeAll();
  await expect(credentials.token('imap', both[0])).rejects.toMatchObject({ code: 'SIGNIN_EXPIRED' });
  await flow.close();
});

test('without tenant and application it says so and the letter names every step; with them it fills them in', async () => {
  const engine = microsoftEngine(oidc, satBrowser(oidc.caFile, null));
  const { text } = await engine.api['signIn.itLetter']({ address: annaAtMicrosoft, language: 'it' });
  expect(text).toContain(`https://login.microsoftonline.com/rig/v2.0/adminconsent?client_id=${oidc.clientId}`);
  expect(text).toContain("Set-CASMailbox 'anna@ente.it' -ImapEnabled $true");
  const strange = createEngine(defaultPorts());
  const { step } = await strange.api['signIn.begin']({ address: annaAtMicrosoft, password: null });
  expect(step).toMatchObject({
    step: 'failed',
    problem: { code: 'MICROSOFT_NOT_CONFIGURED', details: { domain: 'ente.it' } },
  });
});

const chromiumPath = findChromium();
test.skipIf(chromiumPath === null)(
  'in a real browser: fields, buttons, and the page that sends the person back',
  async () => {
    oidc.manners.users = { [anna.address]: { ...anna, code: '730182' } };
    const chromium = await startChromium(chromiumPath ?? '');
    const engine = microsoftEngine(oidc, satBrowser(oidc.caFile, null));
    const { signInId, step } = await engine.begin();
    if (step.step !== 'browser') throw new Error(codeOf(step));
    await using tab = await browserOf(chromium, step.url);
    await pressing(tab.page, { ...anna, code: '730182' });
    await tab.page.getByRole('heading', { name: 'Qui hai finito' }).waitFor();
    expect(new URL(tab.page.url()).search).toBe('');
    expect(codeOf(await engine.ended(signInId))).toBe('done');
  },
);

function returnAddress(url = ''): string {
  return `${new URL(url).searchParams.get('redirect_uri') ?? ''}/`;
}

/** The answer's status to whatever a stranger sends to the listener. */
function knock(to: string, { body, host, type }: { body?: string; host?: string; type?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': type ?? 'application/x-www-form-urlencoded',
      ...(host === undefined ? {} : { host }),
    };
    const sent = httpRequest(to, { method: body === undefined ? 'GET' : 'POST', headers, agent: false }, answer => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
