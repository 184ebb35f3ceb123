import { Readable } from 'node:stream';
import { Agent, buildConnector, request } from 'undici';
import { TravasoError } from '../../../shared/errors.ts';
import { connectProblem } from '../imap/connect-problem.ts';
import { trustedRoots } from '../imap/trusted-roots.ts';
import type { FindProxy } from '../ports.ts';
import { openTunnel } from './proxy-tunnel.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'PROPFIND' | 'REPORT' | 'MKCOL' | 'MKCALENDAR';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | AsyncIterable<Buffer>;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** To be read to its end, or destroyed: an unread body keeps its connection. */
  readonly body: AsyncIterable<Buffer> & { text(): Promise<string>; json(): Promise<unknown>; dump(): Promise<void> };
}

export interface HttpClient {
  /**
   * Sends one request and answers with whatever status came; redirects are not followed, because a sign-in's next step
   * stands in them. Throws the T-1xx and T-2xx codes of the line and `INTERRUPTED`.
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  close(): Promise<void>;
}

export interface HttpClientOptions {
  /** An organisation's own root certificates, PEM; added to those the system trusts. */
  readonly ca?: string | undefined;
  /** Milliseconds without an octet after which the server counts as silent. */
  readonly silence?: number;
  readonly findProxy?: FindProxy | undefined;
}

const connectMs = 30_000;

/** HTTPS with the same trust, the same limits and the same errors as the IMAP line. Clear text goes to loopback only. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const silence = options.silence ?? 120_000;
  const agent = new Agent({
    connect: throughProxy(trustedRoots(options.ca), options.findProxy),
    headersTimeout: silence,
    bodyTimeout: silence,
  });
  return {
    async send({ method, url, headers, body }, signal) {
      const { protocol, hostname, port } = new URL(url);
      if (protocol !== 'https:' && !isLoopbackUrl(hostname)) throw new TravasoError('TLS_REQUIRED', { host: hostname });
      try {
        const {
          statusCode,
          headers: answered,
          body: answer,
        } = await request(url, {
          method,
          headers: { 'user-agent': 'Travaso', ...headers },
          body: bodyOf(body),
          dispatcher: agent,
          signal,
        });
        return { status: statusCode, headers: answered, body: answer };
      } catch (thrown) {
        if (signal.aborted) throw new TravasoError('INTERRUPTED', {}, { cause: thrown });
        throw httpProblem(thrown, hostname, port === '' ? 443 : Number(port));
      }
    },
    close: () => agent.destroy(),
  };
}

/** The same TLS to the same server, whether the octets go straight to it or through a proxy's tunnel. */
function throughProxy(roots: string[], findProxy: FindProxy | undefined): buildConnector.connector {
  const secure = buildConnector({ ca: roots, timeout: connectMs, minVersion: 'TLSv1.2' });
  if (findProxy === undefined) return secure;
  const tunnel = async ({ hostname, port }: buildConnector.Options) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const proxy = await findProxy(`https://${hostname}${port === '' ? '' : `:${port}`}/`);
    const to = { host, port: port === '' ? 443 : Number(port), roots, patience: connectMs };
    return proxy === null ? undefined : await openTunnel(proxy, to);
  };
  return (options, callback) => {
    if (options.protocol !== 'https:') {
      secure(options, callback);
      return;
    }
    tunnel(options).then(
      httpSocket => {
        secure(httpSocket === undefined ? options : { ...options, httpSocket }, callback);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error('no tunnel', { cause: error }), null);
      },
    );
  };
}

function bodyOf(body: HttpRequest['body']): string | Buffer | Readable | null {
  if (body === undefined) return null;
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : Readable.from(body);
}

const silentCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const lostCodes = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** A failure of the line, also one met while a body is read. */
export function httpProblem(thrown: unknown, host: string, port: number): TravasoError {
  if (thrown instanceof TravasoError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const details = { host, port };
  if (silentCodes.has(code)) return new TravasoError('SERVER_SILENT', details, { cause: thrown, retryAfterMs: 0 });
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new TravasoError('SERVER_UNREACHABLE', details, { cause: thrown });
  if (lostCodes.has(code)) return new TravasoError('CONNECTION_LOST', details, { cause: thrown, retryAfterMs: 0 });
  const securing = /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/.test(code);
  return connectProblem(thrown, { stage: securing ? 'securing' : 'reaching', host, port, loginDisabled: false });
}

function isLoopbackUrl(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
