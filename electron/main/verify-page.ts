import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import type { Request } from 'electron';

/** Chromium's ERR_CERT_AUTHORITY_INVALID: of all that it looks at first, only the signer is not known. */
const unknownAuthority = -202;
/** The answers of `setCertificateVerifyProc`. */
const verdicts = { trusted: 0, asChromiumSays: -3 } as const;
const handshakeMs = 15_000;

/**
 * Trusts in a page what the mail lines trust: authorities that an administration hands out and Chromium does not know. A
 * chain is not judged here by hand: the same certificate must pass a TLS handshake of Node's own, whose library checks
 * names, dates and purposes. Behind a proxy that lets no such handshake out it stays refused.
 *
 * @param ports at which this host was asked
 */
export async function judgeCertificate(
  { hostname, certificate, errorCode }: Pick<Request, 'hostname' | 'certificate' | 'errorCode'>,
  ports: Iterable<number>,
  authorities: readonly string[],
): Promise<number> {
  if (errorCode !== unknownAuthority || authorities.length === 0) return verdicts.asChromiumSays;
  const shown = new X509Certificate(certificate.data).fingerprint256;
  for (const port of ports) {
    if ((await passingCertificate(hostname, port, authorities)) === shown) return verdicts.trusted;
  }
  return verdicts.asChromiumSays;
}

/** The fingerprint of the certificate that passes for this host; null where none does. */
function passingCertificate(host: string, port: number, authorities: readonly string[]): Promise<string | null> {
  return new Promise(resolve => {
    const socket = tls.connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ca: [...tls.rootCertificates, ...authorities],
      minVersion: 'TLSv1.2',
    });
    const end = (fingerprint: string | null): void => {
      socket.destroy();
      resolve(fingerprint);
    };
    socket.setTimeout(handshakeMs, () => {
      end(null);
    });
    socket.once('error', () => {
      end(null);
    });
    socket.once('secureConnect', () => {
      end(socket.getPeerX509Certificate()?.fingerprint256 ?? null);
    });
  });
}
