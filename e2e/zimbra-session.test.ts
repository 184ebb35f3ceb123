import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { parseAccountAddress } from '../shared/account-address.ts';
import { problemOf } from '../shared/errors.ts';
import { systemClock } from '../electron/engine/default-ports.ts';
import { openSoapSession } from '../electron/engine/zimbra/open-soap-session.ts';
import type { SoapSession } from '../electron/engine/zimbra/soap-session.ts';
import type { FakeAccountOptions, FakeMailboxPart, FakeRequest } from './fakes/zimbra/fake-account.ts';
import { FakeFault } from './fakes/zimbra/fake-account.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import type { ZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';

const never = new AbortController().signal;
const anna = 'anna@ente.it';
const editions = ['zimbra', 'carbonio-advanced', 'carbonio-ce'] as const;

/** A mailbox that keeps what was uploaded and serves it back. */
function plainMailbox(): FakeMailboxPart & { readonly uploads: FakeRequest[] } {
  const uploads: FakeRequest[] = [];
  return {
    uploads,
    soap: new Map([
      ['GetFolderRequest', () => ({ folder: [{ id: '1', name: 'USER_ROOT' }] })],
      [
        'AddMsgRequest',
        () => {
          throw new FakeFault('mail.QUOTA_EXCEEDED', { limit: '1000' });
        },
      ],
    ]),
    upload: (request, response) => {
      uploads.push(request);
      const said = request.body.length > 1000 ? "413,'null'" : `200,'null',[{"aid":"aid-${uploads.length}","s":1}]`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(said);
    },
    home: (request, response) => {
      if (request.query.get('id') === '404') response.writeHead(404).end();
      else response.writeHead(200).end(`${request.path}?${request.query.get('id') ?? ''}`);
    },
  };
}

async function start(edition: ZimbraFake['state']['edition'], more: Partial<FakeAccountOptions> = {}) {
  const mailbox = plainMailbox();
  const fake = await startZimbraFake({
    edition,
    accounts: [{ name: anna, password: 'segreta', mailbox, ...more }],
  });
  onTestFinished(() => fake[Symbol.asyncDispose]());
  return { fake, mailbox };
}

async function open(fake: ZimbraFake, password: string | null = 'segreta'): Promise<SoapSession> {
  const address = parseAccountAddress(fake.address(anna));
  if (address.kind !== 'zimbra' && address.kind !== 'carbonio') throw new Error(address.kind);
  const ca = await readFile(fake.caFile, 'utf8');
  const log = { debug: () => undefined, warn: () => undefined };
  const ports = { clock: systemClock, log };
  const session = await openSoapSession({ address, ca, ports, password: () => Promise.resolve(password) }, never);
  onTestFinished(() => session.close());
  return session;
}

const folders = (session: SoapSession): Promise<unknown> =>
  session.request('GetFolderRequest', 'urn:zimbraMail', { depth: -1 }, never);

async function* octets(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
  await Promise.resolve();
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test.each(editions)('%s: signs in, asks, uploads and downloads with one session', async edition => {
  const { fake, mailbox } = await start(edition);
  const session = await open(fake);
  expect(session).toMatchObject({ identity: anna, edition, origin: `https://localhost:${fake.port}` });
  expect(await folders(session)).toMatchObject({ folder: [{ id: '1' }] });
  const mail = { type: 'message/rfc822', fileName: 'posta "1".eml' };
  expect(await session.upload({ ...mail, octets: octets('Subject: a\r\n\r\n') }, never)).toBe('aid-1');
  expect(mailbox.uploads[0]?.headers).toMatchObject({
    'content-type': 'message/rfc822',
    'content-disposition': 'attachment; filename="posta _1_.eml"',
  });
  const { status, body } = await session.download('/Inbox/È qui', { id: '257' }, never);
  expect([status, await textOf(body)]).toEqual([200, '/service/home/~/Inbox/È qui?257']);
  expect((await session.download('', { id: '404' }, never)).status).toBe(404);
  expect(fake.state.calls.filter(({ name }) => /Auth|login/.test(name))).toHaveLength(1);
});

test('a fault is told by its code and arguments whatever the status, and 413 in the text of an upload too', async () => {
  const { fake } = await start('zimbra');
  const session = await open(fake);
  const add = (): Promise<unknown> => session.request('AddMsgRequest', 'urn:zimbraMail', {}, never);
  for (const status of [500, 422, 200]) {
    fake.state.faultStatus = status;
    await expect(add()).rejects.toMatchObject({ code: 'mail.QUOTA_EXCEEDED', details: { limit: '1000' } });
  }
  const huge = { octets: octets('x'.repeat(2000)), type: 'message/rfc822', fileName: 'm.eml' };
  await expect(session.upload(huge, never)).rejects.toMatchObject({ code: 'mail.UPLOAD_TOO_LARGE' });
  fake.state.soapLimit = 500;
  const large = session.request('GetFolderRequest', 'urn:zimbraMail', { filler: 'x'.repeat(500) }, never);
  await expect(large).rejects.toMatchObject({ code: 'service.INVALID_REQUEST' });
});

test.each(editions)(
  '%s: a session that ends in the middle is renewed once, and the request sent again',
  async edition => {
    const { fake, mailbox } = await start(edition);
    const session = await open(fake);
    const signIns = (): number => fake.state.calls.filter(({ name }) => /Auth|login/.test(name)).length;
    fake.state.expireAfterCalls = 2;
    for (let call = 0; call < 5; call += 1) await folders(session);
    expect(signIns()).toBe(2);
    fake.state.sessions.expireAll();
    await Promise.all([folders(session), folders(session), folders(session)]);
    expect(signIns()).toBe(3);
    fake.state.sessions.expireAll();
    const mail = { type: 'message/rfc822', fileName: 'm.eml' };
    expect(await session.upload({ ...mail, octets: () => octets('Subject: a\r\n\r\n') }, never)).toBe('aid-1');
    expect(mailbox.uploads.map(({ body }) => body.length)).toEqual([14]);
    fake.state.sessions.expireAll();
    // Octets that were given only once cannot be sent twice.
    await expect(session.upload({ ...mail, octets: octets('x') }, never)).rejects.toMatchObject({
      problem: { code: 'CONNECTION_LOST', retryAfterMs: 0 },
    });
    expect(await session.upload({ ...mail, octets: octets('x') }, never)).toBe('aid-2');
    fake.state.sessions.expireAll();
    expect((await session.download('', { id: '1' }, never)).status).toBe(200);
  },
);

test.each(editions)('%s: a password that is no longer right is tried once, and never again', async edition => {
  const { fake } = await start(edition);
  const session = await open(fake);
  fake.account(anna).password = 'altra';
  fake.state.sessions.expireAll();
  const before = fake.state.calls.filter(({ name }) => /Auth|login/.test(name)).length;
  for (let call = 0; call < 3; call += 1) {
    expect(await folders(session).catch(problemOf)).toMatchObject({ code: 'SIGNIN_EXPIRED' });
  }
  expect(fake.state.calls.filter(({ name }) => /Auth|login/.test(name)).length - before).toBe(1);
});

test('the server’s CSRF check is met, whether or not anybody asked for a token', async () => {
  const { fake, mailbox } = await start('zimbra');
  fake.state.csrfForced = true;
  const session = await open(fake);
  await folders(session);
  await session.upload({ octets: octets('x'), type: 'message/rfc822', fileName: 'm.eml' }, never);
  expect(mailbox.uploads[0]?.headers['x-zimbra-csrf-token']).toMatch(/^0_/);
});

test('a server that asks for patience says for how long', async () => {
  const { fake } = await start('zimbra');
  const session = await open(fake);
  fake.state.throttle = { left: 1, status: 429, retryAfter: 17 };
  expect(await folders(session).catch(problemOf)).toMatchObject({ code: 'SERVER_THROTTLED', retryAfterMs: 17_000 });
  fake.state.throttle = { left: 1, status: 503, retryAfter: null };
  expect(await folders(session).catch(problemOf)).toMatchObject({ code: 'SERVER_BUSY', retryAfterMs: 30_000 });
  await folders(session);
});

test.each([
  ['zimbra', 'maintenance', 'SERVER_MAINTENANCE'],
  ['zimbra', 'closed', 'SIGNIN_LOCKED'],
  ['zimbra', 'setup-required', 'SECOND_FACTOR_SETUP_NEEDED'],
  ['zimbra', 'no-mailbox', 'MAILBOX_NOT_THERE'],
  ['carbonio-advanced', 'maintenance', 'SIGNIN_REFUSED'],
  ['carbonio-advanced', 'policy', 'SIGNIN_POLICY'],
  ['carbonio-advanced', 'no-mailbox', 'MAILBOX_NOT_THERE'],
  ['carbonio-ce', 'maintenance', 'SERVER_MAINTENANCE'],
] as const)('%s: an account that is %s is refused as %s', async (edition, status, code) => {
  const { fake } = await start(edition);
  fake.account(anna).status = status;
  expect(await open(fake).catch(problemOf)).toMatchObject({ code, details: { host: 'localhost' } });
});

test.each(editions)('%s: what a password alone does not open', async edition => {
  const { fake } = await start(
    edition,
    edition === 'carbonio-ce' ? {} : { secondFactor: { secret: 'JBSWY3DPEHPK3PXP' } },
  );
  expect(await open(fake, 'sbagliata').catch(problemOf)).toMatchObject({ code: 'SIGNIN_REFUSED' });
  expect(await open(fake, null).catch(problemOf)).toMatchObject({ code: 'PASSWORD_MISSING' });
  if (edition !== 'carbonio-ce') {
    expect(await open(fake).catch(problemOf)).toMatchObject({ code: 'SIGNIN_CODE_NEEDED' });
  }
  fake.account(anna).mustChangePassword = true;
  expect(await open(fake).catch(problemOf)).toMatchObject({ code: 'PASSWORD_CHANGE_DEMANDED' });
});

test('a server that only lets browsers in gets no password', async () => {
  const { fake } = await start('carbonio-advanced');
  fake.state.authMethods = ['saml'];
  expect(await open(fake).catch(problemOf)).toMatchObject({ code: 'SIGNIN_BROWSER_ONLY' });
  expect(fake.state.calls).toEqual([]);
});
