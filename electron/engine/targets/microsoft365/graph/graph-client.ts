import * as z from 'zod';
import { TravasoError, problemOf } from '../../../../../shared/errors.ts';
import { httpProblem } from '../../../http/http-client.ts';
import type { HttpClient, HttpRequest } from '../../../http/http-client.ts';
import type { Clock } from '../../../ports.ts';
import { graphProblem } from './graph-problem.ts';
import { turnstile } from './turnstile.ts';

export interface GraphRequest {
  readonly method: HttpRequest['method'];
  /** Below the base address (`/me/contacts?$top=10`), or a whole address that Graph itself gave. */
  readonly path: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly octets?: { readonly mediaType: string; readonly content: Buffer };
  readonly prefer?: readonly string[];
}

export interface GraphClient {
  /**
   * The answer's JSON, null where it has no body. Throws `GraphRefusal` for 4xx, `SERVER_THROTTLED` and `SERVER_BUSY`
   * with the time Graph asked for, `SIGNIN_EXPIRED`, and the codes of the line.
   */
  send(request: GraphRequest, signal: AbortSignal): Promise<unknown>;
  /** All members of a collection, a page at a time, by `@odata.nextLink`. */
  pages(request: GraphRequest, signal: AbortSignal): AsyncGenerator<readonly unknown[], void, void>;
  /** The problem with which Graph asked to be left alone, while that lasts: it goes before any other reason to stop. */
  wish(): TravasoError | null;
  close(): Promise<void>;
}

export interface GraphClientOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly http: HttpClient;
  /** `https://graph.microsoft.com/v1.0`. */
  readonly baseUrl: string;
  /** Another one than `refused`, which Graph did not take: of four requests at a time each may be told so. */
  readonly token: (refused?: string) => Promise<string>;
}

/** Graph's own limit for one application in one mailbox; a fifth request at a time is answered by 429. */
const width = 4;

const mostLooks = 3;

const page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

export function graphClient({ clock, http, baseUrl, token }: GraphClientOptions): GraphClient {
  const base = baseUrl.replace(/\/+$/, '');
  const host = new URL(base).hostname;
  const turns = turnstile(width);
  const line = new AbortController();
  /** What Graph said when it asked to be left alone, and until when. */
  let asked: { readonly error: TravasoError; readonly until: number } | null = null;

  const attempt = async (request: GraphRequest, bearer: string, signal: AbortSignal): Promise<Answer> => {
    const url = urlOf(request.path, base);
    const response = await http.send(
      {
        method: request.method,
        url,
        headers: headersOf(request, bearer),
        ...bodyOf(request),
      },
      AbortSignal.any([signal, line.signal]),
    );
    try {
      const retryAfter = response.headers['retry-after'];
      return {
        status: response.status,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
        body: await response.body.text(),
      };
    } catch (error) {
      if (signal.aborted) throw new TravasoError('INTERRUPTED', {}, { cause: error });
      throw httpProblem(error, host, Number(new URL(url).port || 443));
    }
  };

  const noteWish = (error: unknown): void => {
    if (!(error instanceof TravasoError) || error === asked?.error) return;
    const { retryAfterMs = 0 } = error.problem;
    if (retryAfterMs > 0) asked = { error, until: clock.monotonicMs() + retryAfterMs };
  };

  const wish = (): TravasoError | null => {
    if (asked !== null && clock.monotonicMs() >= asked.until) asked = null;
    return asked?.error ?? null;
  };

  /** What is under way beside the request that was told to wait stops at its next step. */
  const leaveAlone = (): void => {
    const error = wish();
    if (error !== null) throw error;
  };

  const once = async (request: GraphRequest, signal: AbortSignal): Promise<unknown> => {
    const leave = await turns.enter();
    try {
      if (signal.aborted) throw new TravasoError('INTERRUPTED');
      leaveAlone();
      const bearer = await token();
      let answer = await attempt(request, bearer, signal);
      // Ended while it was under way, or taken back: one other token is worth a try, a third is not.
      if (answer.status === 401) answer = await attempt(request, await token(bearer), signal);
      if (answer.status === 401) throw new TravasoError('SIGNIN_EXPIRED');
      if (answer.status >= 300) throw graphProblem(answer.status, answer.retryAfter, answer.body, host);
      return parsed(answer.body, host);
    } catch (error) {
      noteWish(error);
      if (line.signal.aborted && !signal.aborted)
        throw new TravasoError('CONNECTION_LOST', { host }, { cause: error, retryAfterMs: 0 });
      throw error;
    } finally {
      leave();
    }
  };

  /** Looking twice does no harm, and a long list need not begin anew for one lost answer. */
  const send = async (request: GraphRequest, signal: AbortSignal): Promise<unknown> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once(request, signal);
      } catch (error) {
        const isLost = problemOf(error).code === 'CONNECTION_LOST' && !line.signal.aborted;
        if (request.method !== 'GET' || !isLost || tries >= mostLooks) throw error;
      }
    }
  };

  return {
    send,
    wish,
    async *pages(request, signal) {
      let next: string | undefined = request.path;
      while (next !== undefined) {
        const answer = page.safeParse(await send({ ...request, path: next }, signal));
        if (!answer.success) throw notGraph(host);
        yield answer.data.value;
        next = answer.data['@odata.nextLink'];
      }
    },
    close: async () => {
      line.abort();
      await http.close();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

/** A token is for one server: a next link that leads anywhere else is not followed with it. */
function urlOf(path: string, base: string): string {
  if (path.startsWith('/')) return base + path;
  if (new URL(path).origin !== new URL(base).origin) throw notGraph(new URL(path).hostname);
  return path;
}

function headersOf({ json, octets, prefer = [] }: GraphRequest, bearer: string): Record<string, string> {
  const mediaType = octets?.mediaType ?? (json === undefined ? null : 'application/json');
  return {
    authorization: `Bearer ${bearer}`,
    accept: 'application/json',
    // Ids that stay when an item is moved to another folder, so that the ledger's keys go on being true.
    prefer: ['IdType="ImmutableId"', ...prefer].join(', '),
    ...(mediaType === null ? {} : { 'content-type': mediaType }),
  };
}

function bodyOf({ json, octets }: GraphRequest): Pick<HttpRequest, 'body'> {
  if (octets !== undefined) return { body: octets.content };
  return json === undefined ? {} : { body: JSON.stringify(json) };
}

function parsed(body: string, host: string): unknown {
  if (body === '') return null;
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw notGraph(host, error);
  }
}

/** A proxy's page in Graph's place: another try may meet Graph itself. */
function notGraph(host: string, cause?: unknown): TravasoError {
  return new TravasoError('SERVER_BUSY', { host, reason: 'no-graph-answer' }, { cause, retryAfterMs: 10_000 });
}
