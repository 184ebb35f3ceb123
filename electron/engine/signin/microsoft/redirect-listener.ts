import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRefusal } from './oauth-refusal.ts';
import type { OAuthRefusal } from './oauth-refusal.ts';
import { returnPage } from './return-page.ts';

/** How the identity server let the browser come back. */
export type AuthorizationReply =
  | { readonly kind: 'code'; readonly code: string; readonly clientInfo: string }
  | { readonly kind: 'refused'; readonly refusal: OAuthRefusal };

export interface RedirectListener {
  /** `http://localhost:PORT`; the registration names it without a port, which Entra ignores on loopback. */
  readonly redirectUri: string;
  /** The first reply that bears our state. Never rejects, and stays open for good when the tab is closed. */
  readonly reply: Promise<AuthorizationReply>;
  readonly close: () => void;
}

/** A form with a code has some 2 kB. */
const mostOctets = 64 * 1024;

/**
 * Waits on loopback for the browser to bring the answer of the identity server (RFC 8252 section 7.3). msal-node has a
 * listener of its own, but it asks for no Host, and nobody can stop waiting for it.
 *
 * The answer comes as a form (`response_mode=form_post`), so the code stands in no address, history or Referer. Taken
 * is one form, once, with exactly our state. Everything else is answered with an error and changes nothing: any page
 * in the browser and any program of this computer can knock here. A code that somebody slipped in would be useless
 * without our PKCE verifier.
 */
export async function listenForRedirect(state: string): Promise<RedirectListener> {
  const reply = Promise.withResolvers<AuthorizationReply>();
  let answered = false;
  let host = '';
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void answerTo(request, { host, state, isAnswered: () => answered })
      .then(({ status, accepted }) => {
        if (accepted !== undefined) {
          answered = true;
          reply.resolve(accepted);
        }
        send(response, status);
      })
      .catch(() => response.destroy());
  };
  const server = await listen(0, '127.0.0.1', handle);
  const { port } = server.address() as AddressInfo;
  host = `localhost:${port}`;
  // Browsers try ::1 for "localhost" first. Held by us, nobody else can listen there for what is meant for us.
  const twin = await listen(port, '::1', handle).catch(() => null);
  return {
    redirectUri: `http://${host}`,
    reply: reply.promise,
    close: () => {
      for (const each of [server, twin]) {
        each?.close();
        each?.closeAllConnections();
      }
    },
  };
}

interface Expected {
  readonly host: string;
  readonly state: string;
  readonly isAnswered: () => boolean;
}

async function answerTo(
  request: IncomingMessage,
  { host, state, isAnswered }: Expected,
): Promise<{ status: number; accepted?: AuthorizationReply }> {
  // A name that somebody's DNS points at 127.0.0.1 would let a web page speak to us as its own server.
  if (request.headers.host !== host) return { status: 421 };
  if (request.url !== '/') return { status: 404 };
  if (request.method !== 'POST') return { status: 405 };
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/x-www-form-urlencoded')
    return { status: 415 };
  const text = await readForm(request);
  if (text === null) return { status: 413 };
  const form = new URLSearchParams(text);
  const states = form.getAll('state');
  if (states.length !== 1 || !isSame(states[0] ?? '', state)) return { status: 400 };
  if (isAnswered()) return { status: 409 };
  const refusal = readRefusal(Object.fromEntries(form));
  if (refusal !== null) return { status: 200, accepted: { kind: 'refused', refusal } };
  const codes = form.getAll('code');
  const [code = ''] = codes;
  if (codes.length !== 1 || code === '') return { status: 400 };
  return { status: 200, accepted: { kind: 'code', code, clientInfo: form.get('client_info') ?? '' } };
}

async function readForm(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let octets = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    octets += piece.length;
    if (octets > mostOctets) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function send(response: ServerResponse, status: number): void {
  const body = status === 200 ? returnPage : '';
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    .end(body);
}

async function listen(
  port: number,
  address: string,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 }, handle);
  server.listen(port, address);
  await once(server, 'listening');
  return server;
}
