import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphError } from './graph-error.ts';
import { usualQuirks } from './graph-quirks.ts';
import type { GraphQuirks, Trouble } from './graph-quirks.ts';
import { answerTo } from './graph-routes.ts';
import type { FakeAnswer, FakeRequest } from './graph-routes.ts';
import { GraphState } from './graph-state.ts';

/** Microsoft Graph's mailbox on loopback, in this process. Dispose it to close it. */
export interface FakeGraph extends AsyncDisposable {
  /** With the version, as `graphUrl` takes it. */
  readonly url: string;
  readonly state: GraphState;
}

/** @param accepts whether a bearer token is good */
export async function startGraph(
  accepts: (token: string) => boolean,
  quirks: Partial<GraphQuirks> = {},
): Promise<FakeGraph> {
  const state = new GraphState({ ...usualQuirks, ...quirks }, accepts);
  const gate = new Gate(state);
  const server = createServer((request, response) => {
    void gate.serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0`;
  gate.url = url;
  return {
    url,
    state,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What stands before the mailbox: tokens, limits, accidents, pages. */
class Gate {
  url = '';
  readonly #state: GraphState;
  readonly #ended = new Set<string>();
  #atOnce = 0;
  #notBefore = 0;

  constructor(state: GraphState) {
    this.#state = state;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#atOnce += 1;
    this.#state.mostAtOnce = Math.max(this.#state.mostAtOnce, this.#atOnce);
    const atOnce = this.#atOnce;
    try {
      const octets = await bodyOf(request);
      // The others get a turn, so that what is sent at once is at once here as well.
      await new Promise(resolve => setImmediate(resolve));
      this.#answer(request, response, octets, atOnce);
    } finally {
      this.#atOnce -= 1;
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse, octets: Buffer, atOnce: number): void {
    const state = this.#state;
    const { quirks } = state;
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname.replace(/^\/v1\.0/, '');
    const method = request.method ?? 'GET';
    state.requests.push({ method, path });
    const trouble = quirks.trouble({ method, path, nth: state.requests.length });
    if (trouble === 'cut') {
      request.socket.destroy();
      return;
    }
    try {
      this.#admit(request, trouble, atOnce);
      const answer = answerTo(state, {
        method,
        path: path.split('/').slice(1).map(decodeURIComponent),
        query: url.searchParams,
        mediaType: request.headers['content-type'] ?? '',
        octets,
      } satisfies FakeRequest);
      if (trouble === 'reply-lost') request.socket.destroy();
      else if (trouble === 'failed-after') throw new GraphError(500, 'ErrorInternalServerError', 'Something broke.');
      else this.#send(response, answer, url);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      response
        .writeHead(error.status, { 'content-type': 'application/json', ...error.headers })
        .end(JSON.stringify(error.body()));
    }
  }

  #admit(request: IncomingMessage, trouble: Trouble, atOnce: number): void {
    const { quirks } = this.#state;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (trouble === 'token-expired') this.#ended.add(token);
    if (this.#ended.has(token) || !this.#state.accepts(token))
      throw new GraphError(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.');
    const wait = { 'retry-after': String(quirks.retryAfter) };
    const now = quirks.now();
    if (now < this.#notBefore || trouble === 'throttled' || atOnce > quirks.width) {
      this.#notBefore = Math.max(this.#notBefore, now + quirks.retryAfter * 1000);
      throw new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', wait);
    }
    if (trouble === 'unavailable') throw new GraphError(503, 'ServiceUnavailable', 'The service is unavailable.', wait);
  }

  #send(response: ServerResponse, answer: FakeAnswer, url: URL): void {
    const { quirks } = this.#state;
    const body = 'collection' in answer ? this.#page(answer.collection, url) : answer.resource;
    if (body === null || body === undefined) response.writeHead(answer.status).end();
    else
      response
        .writeHead(answer.status, { 'content-type': 'application/json;odata.metadata=minimal' })
        .end(JSON.stringify(quirks.shuffles ? shuffled(body) : body));
  }

  #page(all: readonly unknown[], url: URL): unknown {
    const from = Number(url.searchParams.get('$skiptoken') ?? 0);
    const { pageSize } = this.#state.quirks;
    const most = url.pathname.endsWith('/instances') ? pageSize * 20 : pageSize;
    const size = Math.min(most, Number(url.searchParams.get('$top') ?? 10));
    const next = new URL(url);
    next.searchParams.set('$skiptoken', String(from + size));
    return {
      '@odata.context': `${this.url}/$metadata#Collection`,
      value: all.slice(from, from + size),
      ...(from + size < all.length ? { '@odata.nextLink': next.href } : {}),
    };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, shuffled(each)] as const);
  return Object.fromEntries(
    entries
      .map(each => ({ each, at: Math.random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ each }) => each),
  );
}
