import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createTestCertificate } from '../../rig/test-certificate.ts';
import { createTestDirectory } from '../../rig/test-directory.ts';
import { FakeFault, newFakeAccount } from './fake-account.ts';
import type { FakeAccount, FakeAccountOptions, FakeRequest } from './fake-account.ts';
import { FakeSessions } from './fake-sessions.ts';
import { serverTime } from './fake-state.ts';
import type { FakeEdition, FakeState } from './fake-state.ts';
import { answerSaml } from './saml.ts';
import { answerSoap, liveSession } from './soap-endpoint.ts';
import { breakAnswer } from './mailbox/web-routes.ts';
import { answerZx } from './zx-auth.ts';

export interface ZimbraFakeOptions {
  readonly edition: FakeEdition;
  readonly accounts: readonly FakeAccountOptions[];
}

/** A Zimbra or Carbonio server on loopback as far as its web interface goes. Dispose it (`await using`) to stop it. */
export interface ZimbraFake extends AsyncDisposable {
  readonly port: number;
  /** Named by the certificate. */
  readonly host: 'localhost';
  /** PEM of the authority behind the certificate. */
  readonly caFile: string;
  /** `zimbra://…` or `carbonio://…`. */
  address(account: string): string;
  account(name: string): FakeAccount;
  readonly state: FakeState;
}

export async function startZimbraFake({ edition, accounts }: ZimbraFakeOptions): Promise<ZimbraFake> {
  const directory = createTestDirectory('zimbra-fake');
  const { caFile, certFile, keyFile } = await createTestCertificate({ directory: directory.path });
  const state: FakeState = {
    edition,
    accounts: new Map(accounts.map(options => [options.name.toLowerCase(), newFakeAccount(options)])),
    sessions: new FakeSessions(),
    handlers: new Map(),
    calls: [],
    faultStatus: 500,
    csrfCheck: edition === 'zimbra',
    csrfForced: false,
    soapLimit: 15_360_000,
    skewMs: 0,
    authMethods: ['password'],
    identityProvider: null,
    samlRequests: new Map(),
    refer: null,
    throttle: null,
    expireAfterCalls: null,
  };
  const server = createServer(
    { cert: await readFile(certFile), key: await readFile(keyFile) },
    (incoming, response) => {
      answer(state, incoming, response).catch((error: unknown) => {
        if (breakAnswer(response, error)) return;
        console.error('zimbra fake:', error);
        response.destroy();
      });
    },
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = edition === 'zimbra' ? 'zimbra' : 'carbonio';
  return {
    port,
    host: 'localhost',
    caFile,
    address: name => `${scheme}://${encodeURIComponent(name)}@localhost:${port}`,
    account(name) {
      const account = state.accounts.get(name);
      if (account === undefined) throw new Error(`no account ${name}`);
      return account;
    },
    state,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      directory.remove();
    },
  };
}

async function answer(state: FakeState, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('date', new Date(serverTime(state)).toUTCString());
  const request = await readRequest(incoming);
  const { throttle } = state;
  if (throttle !== null && throttle.left > 0) {
    throttle.left -= 1;
    const wait = throttle.retryAfter === null ? {} : { 'retry-after': String(throttle.retryAfter) };
    response.writeHead(throttle.status, wait).end();
    return;
  }
  if (answerSaml(state, request, response) || answerZx(state, request, response)) return;
  const { method, path } = request;
  if (method === 'POST' && /^\/service\/soap(?:\/|$)/.test(path)) {
    await answerSoap(state, request, response);
  } else if (method === 'GET' && path === '/service/soap') {
    // A servlet without `doGet`.
    response.writeHead(405, { 'content-type': 'text/html' }).end('HTTP method GET is not supported by this URL');
  } else if (method === 'POST' && path === '/service/upload') {
    await answerUpload(state, request, response);
  } else if (/^\/(?:service\/)?home\//.test(path)) {
    await answerHome(state, request, response);
  } else {
    // Zimbra answers what it does not know with its sign-in page.
    response.writeHead(404, { 'content-type': 'text/html' }).end('<html><body>not here</body></html>');
  }
}

/** Errors are told in the text; the status stays 200. Without a session nothing is taken in. */
async function answerUpload(state: FakeState, request: FakeRequest, response: ServerResponse): Promise<void> {
  const account = accountOf(state, request);
  if (account?.mailbox.upload === undefined) {
    response.writeHead(200, { 'content-type': 'text/html' }).end(account === null ? "401,'null'" : "500,'null'");
    return;
  }
  await account.mailbox.upload(request, response, account);
}

async function answerHome(state: FakeState, request: FakeRequest, response: ServerResponse): Promise<void> {
  const account = accountOf(state, request);
  if (account?.mailbox.home === undefined) response.writeHead(account === null ? 401 : 404).end();
  else await account.mailbox.home(request, response, account);
}

function accountOf(state: FakeState, request: FakeRequest): FakeAccount | null {
  try {
    return liveSession(state, { request, context: {} }).account;
  } catch (thrown) {
    if (thrown instanceof FakeFault) return null;
    throw thrown;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<FakeRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const url = new URL(incoming.url ?? '/', 'https://localhost');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers,
    body: Buffer.concat(pieces),
  };
}
