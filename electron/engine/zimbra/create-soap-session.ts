import { TravasoError } from '../../../shared/errors.ts';
import { isSessionOver } from './fault-problem.ts';
import { SoapFault } from './soap-session.ts';
import type { SoapSession, UploadContent } from './soap-session.ts';
import type { ZimbraLine } from './zimbra-line.ts';

export interface SessionOptions {
  readonly line: ZimbraLine;
  readonly identity: string;
  readonly edition: SoapSession['edition'];
  /**
   * Signs in on the same line again without asking anybody; rejects where that cannot be done (a code is needed, the
   * password was changed). Null: never.
   */
  readonly renew: ((signal: AbortSignal) => Promise<void>) | null;
  readonly close: () => Promise<void>;
}

/** The session of somebody who was let in. */
export function createSoapSession({ line, identity, edition, renew, close }: SessionOptions): SoapSession {
  line.paceFor(edition);
  const kept = new KeptSession(line, renew);
  return {
    origin: line.origin,
    identity,
    edition,
    request: (name, namespace, body, signal) =>
      kept.with(async () => (await line.soap({ name, namespace, body }, signal)).body, signal),
    upload: (content, signal) => {
      let sent = false;
      return kept.with(() => {
        if (sent && typeof content.octets !== 'function') {
          throw new TravasoError(
            'CONNECTION_LOST',
            { host: line.host, reason: 'session-renewed' },
            { retryAfterMs: 0 },
          );
        }
        sent = true;
        return sendUpload(line, content, signal);
      }, signal);
    },
    download: (path, query, signal) => kept.with(() => startDownload(line, path, query, signal), signal),
    close,
  };
}

/** Repeats a request once when the session it was sent in was over, and renews the session once for all who wait. */
class KeptSession {
  readonly #line: ZimbraLine;
  #renew: SessionOptions['renew'];
  #renewing: Promise<void> | null = null;
  /** Counts sessions, so that a request that began in an older one does not renew the one that followed it. */
  #generation = 0;

  constructor(line: ZimbraLine, renew: SessionOptions['renew']) {
    this.#line = line;
    this.#renew = renew;
  }

  async with<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const generation = this.#generation;
    try {
      return await send();
    } catch (thrown) {
      if (!isSessionOver(thrown)) throw thrown;
    }
    if (generation === this.#generation) await this.#renewed(signal);
    try {
      return await send();
    } catch (thrown) {
      throw isSessionOver(thrown) ? this.#over(thrown) : thrown;
    }
  }

  async #renewed(signal: AbortSignal): Promise<void> {
    const renew = this.#renew;
    if (renew === null) throw this.#over(null);
    this.#renewing ??= this.#signInAgain(renew, signal).finally(() => {
      this.#renewing = null;
    });
    await this.#renewing;
  }

  async #signInAgain(renew: NonNullable<SessionOptions['renew']>, signal: AbortSignal): Promise<void> {
    try {
      await renew(signal);
      this.#generation += 1;
      this.#line.log.debug('zimbra.renewed');
    } catch (thrown) {
      // A line that broke says nothing of the password. A refusal does, and is not to be had a second time.
      if (thrown instanceof TravasoError && isPassing(thrown)) throw thrown;
      this.#renew = null;
      throw this.#over(thrown);
    }
  }

  #over(cause: unknown): TravasoError {
    return new TravasoError('SIGNIN_EXPIRED', { host: this.#line.host }, { cause });
  }
}

function isPassing({ code, problem }: TravasoError): boolean {
  return (
    problem.retryAfterMs !== undefined || code === 'INTERRUPTED' || /^(?:SERVER_|CONNECTION_|TLS_|PROXY_)/.test(code)
  );
}

/**
 * The answer is text with a status of its own, `200,'null',[{"aid":…}]`; that of HTTP is 200 whatever happened. A file
 * name is demanded, or nothing is stored.
 */
async function sendUpload(line: ZimbraLine, content: UploadContent, signal: AbortSignal): Promise<string> {
  const { octets, type, fileName, size } = content;
  const response = await line.send(
    {
      method: 'POST',
      path: '/service/upload?fmt=raw,extended',
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\w. -]/g, '_')}"`,
        ...(size === undefined ? {} : { 'content-length': String(size) }),
      },
      body: typeof octets === 'function' ? octets() : octets,
    },
    signal,
  );
  const text = await line.text(response, signal);
  const said = /^\s*(\d{3}),/.exec(text);
  const status = said === null ? response.status : Number(said[1]);
  const aid = /"aid"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  if (status === 200 && aid !== undefined) return aid;
  line.log.debug('zimbra.upload', { status, http: response.status });
  if (status === 413) throw new SoapFault('mail.UPLOAD_TOO_LARGE');
  if (status === 200 || status === 204) throw new SoapFault('mail.NO_SUCH_UPLOAD');
  throw line.statusProblem({ status, headers: response.headers });
}

async function startDownload(
  line: ZimbraLine,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): ReturnType<SoapSession['download']> {
  const folder = path
    .split('/')
    .filter(segment => segment !== '')
    .map(encodeURIComponent)
    .join('/');
  const parameters = new URLSearchParams({ auth: 'co', ...query });
  const response = await line.send(
    { method: 'GET', path: `/service/home/~/${folder}?${parameters.toString()}` },
    signal,
  );
  const { status, body } = response;
  if (status === 401 || status === 429 || status >= 502) {
    await body.dump().catch(() => undefined);
    throw line.statusProblem(response);
  }
  return { status, body: line.pieces(body, signal) };
}
