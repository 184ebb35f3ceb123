import * as http from 'node:http';
import * as https from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { TravasoError } from '../../../shared/errors.ts';

export interface TunnelOptions {
  readonly host: string;
  readonly port: number;
  /** Root certificates (PEM), for a proxy that is itself reached by TLS. */
  readonly roots: readonly string[];
  /** Milliseconds. */
  readonly patience: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A line to a server through an HTTP proxy (RFC 9110 section 9.3.6, CONNECT). What goes over it is sealed from end to
 * end: the proxy hears the host's name and the port, and may look the name up where this computer cannot.
 *
 * @param proxy `http://proxy:8080`; a name and a password in it are sent to the proxy and told to nobody
 * @throws PROXY_UNREACHABLE, PROXY_REFUSED, INTERRUPTED
 */
export function openTunnel(proxy: string, options: TunnelOptions): Promise<Socket> {
  const { protocol, hostname, host: spot, port, username, password } = new URL(proxy);
  const { host, roots, patience, signal } = options;
  const target = `${isIPv6(host) ? `[${host}]` : host}:${options.port}`;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const secure = protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 443 : 80) : Number(port),
      method: 'CONNECT',
      path: target,
      headers: {
        host: target,
        ...(username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
      },
      agent: false,
      ...(secure ? { ca: [...roots], minVersion: 'TLSv1.2' as const } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    const refused = (status: number): void => {
      request.destroy();
      reject(new TravasoError('PROXY_REFUSED', { host, proxy: spot, status }));
    };
    request.setTimeout(patience, () => {
      request.destroy();
      reject(new TravasoError('PROXY_UNREACHABLE', { proxy: spot, reason: 'timeout' }));
    });
    request.once('error', cause => {
      if (signal?.aborted === true) reject(new TravasoError('INTERRUPTED', {}, { cause }));
      const code = 'code' in cause ? { reason: String(cause.code) } : {};
      reject(new TravasoError('PROXY_UNREACHABLE', { proxy: spot, ...code }, { cause }));
    });
    request.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        refused(statusCode);
        return;
      }
      socket.setTimeout(0);
      resolve(socket);
    });
    // A proxy that takes the request for one of its own pages.
    request.once('response', ({ statusCode = 0 }) => {
      refused(statusCode);
    });
    request.end();
  });
}
