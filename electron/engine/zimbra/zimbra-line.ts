import { TravasoError } from '../../../shared/errors.ts';
import { httpProblem } from '../http/http-client.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../http/http-client.ts';
import type { Clock, Log } from '../ports.ts';
import { CookieJar } from './cookie-jar.ts';
import { readSoapReply, soapEnvelope } from './soap-envelope.ts';
import type { SoapReply, SoapRequest } from './soap-envelope.ts';
import { SoapFault } from './soap-session.ts';
import type { SoapSession } from './soap-session.ts';

/** Milliseconds between two requests: Zimbra throttles beyond thirty a second, Carbonio beyond a hundred. */
const leastGapMs = { zimbra: 35, carbonio: 11 };
const busyMs = 30_000;

export interface LineRequest extends Omit<HttpRequest, 'url'> {
  /** Absolute, with its query. */
  readonly path: string;
}

export interface ZimbraLineOptions {
  readonly origin: string;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The way to one server: requests one after another not faster than it bears, with the cookies and the CSRF token it
 * gave. Knows nothing of passwords.
 */
export class ZimbraLine {
  readonly cookies = new CookieJar();
  readonly log: Log;
  readonly clock: Clock;
  /** Null where the server does not ask for one. */
  csrfToken: string | null = null;
  #leastGapMs = leastGapMs.zimbra;
  readonly #http: HttpClient;
  #origin: URL;
  #skewSeconds: number | null = null;
  #nextAt = 0;

  constructor({ origin, http, clock, log }: ZimbraLineOptions) {
    this.#origin = new URL(origin);
    this.log = log;
    this.clock = clock;
    this.#http = http;
  }

  /** `https://host[:port]`, without a slash at the end. */
  get origin(): string {
    return this.#origin.origin;
  }

  /** An IPv6 address without its brackets. */
  get host(): string {
    return this.#origin.hostname.replace(/^\[|\]$/g, '');
  }

  get port(): number {
    return this.#origin.port === '' ? 443 : Number(this.#origin.port);
  }

  /** From now on to this host of the same site. */
  moveTo(host: string): void {
    const moved = new URL(this.#origin);
    moved.hostname = host;
    this.#origin = moved;
  }

  /** Seconds by which the server's clock is ahead of this computer's, by its last Date header; null when unknown. */
  get skewSeconds(): number | null {
    return this.#skewSeconds;
  }

  /** Answers with whatever status came. Redirects are not followed: what they say is an answer. */
  async send({ path, headers = {}, ...request }: LineRequest, signal: AbortSignal): Promise<HttpResponse> {
    await this.#takeTurn(signal);
    const csrf: Record<string, string> =
      this.csrfToken === null || request.method === 'GET' ? {} : { 'x-zimbra-csrf-token': this.csrfToken };
    const sent = {
      ...request,
      url: `${this.origin}${path}`,
      headers: { ...this.cookies.header(), ...csrf, ...headers },
    };
    const response = await this.#http.send(sent, signal);
    this.cookies.take(response.headers['set-cookie'], this.clock.now());
    this.#noteClock(response.headers['date']);
    return response;
  }

  /** From now on as fast as this edition bears. */
  paceFor(edition: SoapSession['edition']): void {
    this.#leastGapMs = edition === 'zimbra' ? leastGapMs.zimbra : leastGapMs.carbonio;
  }

  /** @throws SoapFault, SERVER_NOT_ZIMBRA where no SOAP comes back, and as `send` */
  async soap(request: SoapRequest, signal: AbortSignal): Promise<SoapReply> {
    const response = await this.send(
      {
        method: 'POST',
        path: `/service/soap/${request.name}`,
        headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
        body: soapEnvelope(request),
      },
      signal,
    );
    const text = await this.text(response, signal);
    try {
      const reply = readSoapReply(text, request.name);
      if (reply === null) throw this.statusProblem(response);
      if (reply.csrfToken !== null) this.csrfToken = reply.csrfToken;
      return reply;
    } catch (thrown) {
      if (thrown instanceof SoapFault) {
        this.log.debug('zimbra.fault', { request: request.name, code: thrown.code, status: response.status });
      }
      throw thrown;
    }
  }

  /** The body as text; a line that breaks while it is read is told as when it breaks before. */
  async text(response: HttpResponse, signal: AbortSignal): Promise<string> {
    try {
      return await response.body.text();
    } catch (thrown) {
      if (signal.aborted) throw new TravasoError('INTERRUPTED', {}, { cause: thrown });
      throw httpProblem(thrown, this.host, this.port);
    }
  }

  /** A body as it comes, however long; told as `text` tells when the line breaks. */
  async *pieces(body: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (thrown) {
      if (signal.aborted) throw new TravasoError('INTERRUPTED', {}, { cause: thrown });
      throw httpProblem(thrown, this.host, this.port);
    }
  }

  /** Before signing in again: what an old session left behind must not stand beside the new one. */
  forgetSession(): void {
    this.cookies.clear();
    this.csrfToken = null;
  }

  /** What a status means that came without a word of SOAP. */
  statusProblem({ status, headers }: Pick<HttpResponse, 'status' | 'headers'>): Error {
    const details = { host: this.host, port: this.port, status };
    const retryAfterMs = retryAfter(headers['retry-after'], this.clock.now()) ?? busyMs;
    switch (status) {
      case 401:
        return new SoapFault('service.AUTH_REQUIRED', { status: '401' });
      case 403:
        return new TravasoError('SIGNIN_POLICY', details);
      case 413:
        return new SoapFault('service.INVALID_REQUEST', { status: '413' });
      case 429:
        return new TravasoError('SERVER_THROTTLED', details, { retryAfterMs });
      case 500:
      case 502:
      case 503:
      case 504:
        return new TravasoError('SERVER_BUSY', details, { retryAfterMs });
      default:
        return new TravasoError('SERVER_NOT_ZIMBRA', details);
    }
  }

  async #takeTurn(signal: AbortSignal): Promise<void> {
    const now = this.clock.monotonicMs();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.#leastGapMs;
    if (at > now) await this.clock.sleep(at - now, signal);
    if (signal.aborted) throw new TravasoError('INTERRUPTED');
  }

  #noteClock(date: string | string[] | undefined): void {
    const told = typeof date === 'string' ? Date.parse(date) : Number.NaN;
    if (!Number.isNaN(told)) this.#skewSeconds = Math.round((told - this.clock.now().getTime()) / 1000);
  }
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function retryAfter(header: string | string[] | undefined, now: Date): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
