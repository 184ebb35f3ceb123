import { TravasoError } from '../../../../shared/errors.ts';
import { createHttpClient, httpProblem } from '../../http/http-client.ts';
import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import { challengesOf, digestAnswer, digestChallenge } from './digest-answer.ts';
import type { DigestChallenge } from './digest-answer.ts';

export interface DavSessionOptions {
  readonly user: string;
  readonly password: string;
  /** PEM of a further authority to trust. */
  readonly ca?: string | undefined;
  /** Whether a host that the server names may be given the password, too. */
  readonly trusts: (host: string) => boolean;
  /** Milliseconds without an octet after which the server counts as silent. */
  readonly silence?: number | undefined;
  readonly signal: AbortSignal;
}

const mostRedirects = 5;
/** Answers that a server gives when it, or what stands before it, is in trouble: worth another try later. */
const busyStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * `fetch` for a DAV library, over our own HTTPS: same trust and limits as everywhere, redirects only to hosts that may
 * have the password, which is shown once a server has asked for it. A refused password and a server in trouble throw
 * their codes; every other answer is the caller's to read.
 */
export class DavSession {
  private readonly options: DavSessionOptions;
  private readonly client: HttpClient;
  private scheme: 'basic' | DigestChallenge | null = null;
  private answers = 0;

  constructor(options: DavSessionOptions) {
    this.options = options;
    this.client = createHttpClient({
      ca: options.ca,
      ...(options.silence === undefined ? {} : { silence: options.silence }),
    });
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const method = (init.method ?? 'GET') as HttpRequest['method'];
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    // The library hands on what it was given, and a text where it wrote XML.
    const body = init.body instanceof Uint8Array ? Buffer.from(init.body) : (init.body as string | undefined);
    let url = new URL(input instanceof Request ? input.url : input);
    for (let redirects = 0; ; redirects += 1) {
      const response = await this.send({ method, url: url.href, headers, ...(body == null ? {} : { body }) });
      const location = response.status >= 301 && response.status <= 308 ? response.headers.get('location') : null;
      if (location === null || init.redirect === 'manual' || redirects === mostRedirects) return response;
      url = new URL(location, url);
    }
  };

  async close(): Promise<void> {
    await this.client.close();
  }

  private async send(request: HttpRequest): Promise<Response> {
    const { hostname, port } = new URL(request.url);
    if (!this.options.trusts(hostname)) throw new TravasoError('HOST_NOT_CONFIRMED', { host: hostname });
    let response = await this.sendOnce(request);
    if (response.status === 401) {
      // Also a nonce that grew old; a second refusal is about the password.
      this.scheme = this.schemeFor(response, hostname);
      response = await this.sendOnce(request);
      if (response.status === 401) throw new TravasoError('SIGNIN_REFUSED', { host: hostname });
    }
    if (busyStatuses.has(response.status)) {
      const waitMs = retryAfterMs(response.headers.get('retry-after'));
      const code = response.status === 429 ? 'SERVER_THROTTLED' : 'SERVER_BUSY';
      const details = { host: hostname, port: Number(port), status: response.status };
      throw new TravasoError(code, details, { ...(waitMs === null ? {} : { retryAfterMs: waitMs }) });
    }
    return response;
  }

  private async sendOnce(request: HttpRequest): Promise<Response> {
    const { signal } = this.options;
    const authorization = this.authorization(request);
    const headers = { ...request.headers, ...(authorization === null ? {} : { authorization }) };
    const answer = await this.client.send({ ...request, headers }, signal);
    const { hostname, port } = new URL(request.url);
    let octets: Buffer;
    try {
      const pieces: Buffer[] = [];
      for await (const piece of answer.body) pieces.push(piece);
      octets = Buffer.concat(pieces);
    } catch (error) {
      if (signal.aborted) throw new TravasoError('INTERRUPTED', {}, { cause: error });
      throw httpProblem(error, hostname, port === '' ? 443 : Number(port));
    }
    const shown = new Headers();
    for (const [name, value] of Object.entries(answer.headers))
      for (const each of [value ?? []].flat()) shown.append(name, each);
    const empty = [204, 205, 304].includes(answer.status);
    const response = new Response(empty ? null : octets, { status: answer.status, headers: shown });
    // The library names what failed by it.
    Object.defineProperty(response, 'url', { value: request.url });
    return response;
  }

  private authorization({ method, url }: HttpRequest): string | null {
    const { user, password } = this.options;
    if (this.scheme === null) return null;
    if (this.scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const { pathname, search } = new URL(url);
    this.answers += 1;
    return digestAnswer(this.scheme, { user, password, method, uri: `${pathname}${search}` }, this.answers);
  }

  /** @throws SIGNIN_UNAVAILABLE where the server lets nobody in by name and password */
  private schemeFor({ headers }: Response, host: string): 'basic' | DigestChallenge {
    const offered = challengesOf(headers.get('www-authenticate') ?? '');
    if (offered.has('basic')) return 'basic';
    const digest = digestChallenge(offered.get('digest') ?? new Map());
    if (digest === null) throw new TravasoError('SIGNIN_UNAVAILABLE', { host, reason: [...offered.keys()].join(' ') });
    this.answers = 0;
    return digest;
  }
}

/** Seconds, or a date (RFC 9110 section 10.2.3). */
function retryAfterMs(value: string | null): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
