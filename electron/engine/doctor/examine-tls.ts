import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { TravasoError } from '../../../shared/errors.ts';
import { connectProblem } from '../imap/connect-problem.ts';
import { trustedRoots } from '../imap/trusted-roots.ts';

export interface TlsFindings {
  readonly socket: tls.TLSSocket;
  /** Why the certificate would be refused when signing in; null for a good one. */
  readonly refusal: TravasoError | null;
  /** Who made the certificate, when that is a program or an organisation in between and no public authority. */
  readonly interceptor: string | null;
  readonly seen: Readonly<Record<string, string>>;
}

/** Programs on the computer and boxes in the network that open TLS to look inside, by what their certificates say. */
const interceptors =
  /zscaler|fortinet|fortigate|palo alto|check point|blue ?coat|symantec web|cisco umbrella|netskope|sophos|watchguard|barracuda|kaspersky|avast|avg technologies|eset|bitdefender|g ?data|mcafee|trend micro|squid|mitmproxy|burp|fiddler/i;

/**
 * A handshake that goes on to the end whatever the certificate is, so that it can be looked at. Nothing is ever sent
 * over it but the mail server's greeting is read; signing in verifies on its own.
 *
 * @throws the T-1xx and T-2xx codes when there is no handshake at all
 */
export async function examineTls(
  at: { readonly host: string; readonly port: number; readonly ca: string | undefined },
  over: Socket | null,
  signal: AbortSignal,
): Promise<TlsFindings> {
  const { host, port, ca } = at;
  const socket = tls.connect({
    ...(over === null ? { host, port } : { socket: over }),
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ca: trustedRoots(ca),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: false,
  });
  const handshake = Promise.withResolvers<undefined>();
  const giveUp = (): void => handshake.reject(new TravasoError('SERVER_SILENT', { host }));
  signal.addEventListener('abort', giveUp, { once: true });
  socket.once('secureConnect', () => handshake.resolve(undefined));
  socket.on('error', error => {
    handshake.reject(connectProblem(error, { stage: 'securing', host, port, loginDisabled: false }));
  });
  socket.once('close', () => handshake.reject(new TravasoError('TLS_FAILED', { host, port })));
  try {
    await handshake.promise;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  const chain = chainOf(socket.getPeerX509Certificate());
  const [leaf] = chain;
  const issuers = chain.map(certificate => certificate.issuer.replaceAll('\n', ', '));
  return {
    socket,
    refusal: refusalOf(socket, host, port),
    interceptor:
      issuers.find(issuer => interceptors.test(issuer)) ?? (isPublic(chain) ? null : (issuers.at(-1) ?? null)),
    seen: {
      protocol: socket.getProtocol() ?? '',
      certificate: leaf?.subject.replaceAll('\n', ', ') ?? '',
      issuer: issuers[0] ?? '',
      validUntil: leaf?.validTo ?? '',
    },
  };
}

function refusalOf(socket: tls.TLSSocket, host: string, port: number): TravasoError | null {
  if (socket.authorized) return null;
  // Declared as an error, and in truth the code of one.
  const code = String(socket.authorizationError);
  const error = Object.assign(new Error(code), { code });
  return connectProblem(error, { stage: 'securing', host, port, loginDisabled: false });
}

/** From the server's own up to the root, as far as Node could build it. */
function chainOf(leaf: X509Certificate | undefined): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next = leaf;
  while (next !== undefined && !chain.some(known => known.fingerprint256 === next?.fingerprint256)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/** Whether the chain ends in an authority that browsers know; an organisation's own does not. */
function isPublic(chain: readonly X509Certificate[]): boolean {
  const root = chain.at(-1);
  if (root === undefined) return true;
  return tls.rootCertificates.some(pem => {
    const known = new X509Certificate(pem);
    return known.fingerprint256 === root.fingerprint256 || root.checkIssued(known);
  });
}
