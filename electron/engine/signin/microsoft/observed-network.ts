import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { TravasoError } from '../../../../shared/errors.ts';
import { httpProblem } from '../../http/http-client.ts';
import type { HttpClient, HttpResponse } from '../../http/http-client.ts';
import { readRefusal } from './oauth-refusal.ts';
import type { OAuthRefusal } from './oauth-refusal.ts';

/** What went wrong in the last exchange: on the line, or in what the identity server answered. */
export type NetworkFailure =
  | { readonly kind: 'line'; readonly problem: TravasoError }
  | { readonly kind: 'refused'; readonly refusal: OAuthRefusal; readonly host: string };

/**
 * msal-node's way to the network, over ours: the organisation's own authorities are trusted and the line's errors are
 * our codes. It also remembers what failed, because msal-node turns refusals into texts and loses half of them (a
 * device code's altogether).
 */
export interface ObservedNetwork extends INetworkModule {
  /** Of the last exchange since `begin`. */
  failure(): NetworkFailure | null;
  begin(): void;
}

/** Far above any token or metadata answer. */
const mostOctets = 1024 * 1024;

export function observeNetwork(http: HttpClient, signal: AbortSignal): ObservedNetwork {
  let failure: NetworkFailure | null = null;
  const exchange = async <T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> => {
    failure = null;
    const { hostname, port } = new URL(url);
    try {
      const { headers = {}, body } = options;
      const response = await http.send({ method, url, headers, ...(body === undefined ? {} : { body }) }, signal);
      const said = parseJson(await readText(response));
      const retryAfter = secondsOf(response.headers['retry-after']);
      const refusal = readRefusal(said, { status: response.status, retryAfter });
      if (refusal !== null) failure = { kind: 'refused', refusal, host: hostname };
      else if (said === undefined || response.status >= 500) throw unreadable(response.status, hostname, retryAfter);
      return { status: response.status, headers: plainHeaders(response.headers), body: withInterval(said) as T };
    } catch (error) {
      const problem = signal.aborted
        ? new TravasoError('INTERRUPTED', {}, { cause: error })
        : httpProblem(error, hostname, port === '' ? 443 : Number(port));
      failure = { kind: 'line', problem };
      throw problem;
    }
  };
  return {
    failure: () => failure,
    begin: () => {
      failure = null;
    },
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  };
}

async function readText({ body }: HttpResponse): Promise<string> {
  const pieces: Buffer[] = [];
  let octets = 0;
  for await (const piece of body) {
    octets += piece.length;
    if (octets > mostOctets) throw new TravasoError('MICROSOFT_SIGNIN_FAILED', { reason: 'answer-too-long' });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** A page instead of data: a proxy's or a hotel's, or a server in trouble. */
function unreadable(status: number, host: string, retryAfter: number | null): TravasoError {
  if (status >= 500 || status === 429)
    return new TravasoError('SERVER_BUSY', { host }, { retryAfterMs: (retryAfter ?? 30) * 1000 });
  return new TravasoError('MICROSOFT_SIGNIN_FAILED', { host, reason: 'unreadable-answer' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 8628 section 3.2: five seconds where nothing is said. msal-node would ask a thousand times a second. */
function withInterval(said: unknown): unknown {
  const isDeviceCode = typeof said === 'object' && said !== null && 'device_code' in said && !('interval' in said);
  return isDeviceCode ? { ...said, interval: 5 } : said;
}

function secondsOf(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : null;
}

function plainHeaders(headers: HttpResponse['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
