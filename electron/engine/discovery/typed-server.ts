import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { TlsMode } from '../../../shared/account-address.ts';

export interface TypedServer {
  /** Lower case; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number | null;
  /** What a scheme in front said of TLS. */
  readonly tls: TlsMode | null;
}

/**
 * What people type as their server: a name, a name with its port, an `imap://` address out of some instructions, or the
 * address of the webmail copied from the browser, of which only the host says anything. Null when it names no host.
 */
export function readTypedServer(text: string): TypedServer | null {
  const match = /^(?:([a-z]+):\/\/)?(?:[^@/]*@)?(?:\[([0-9a-f:.]+)\]|([^/:?#\s]+))(?::(\d{1,5}))?(?:[/?#].*)?$/i.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, scheme, bracketed, name, portText] = match;
  const host = hostOf(bracketed ?? name ?? '');
  if (host === null) return null;
  switch (scheme?.toLowerCase()) {
    case undefined:
    case 'imap':
    case 'imaps': {
      const port = portText === undefined ? null : Number(portText);
      if (port !== null && (port < 1 || port > 65_535)) return null;
      return { host, port, tls: scheme?.toLowerCase() === 'imaps' ? 'implicit' : null };
    }
    case 'http':
    case 'https':
      return { host, port: null, tls: null };
    default:
      return null;
  }
}

function hostOf(name: string): string | null {
  if (isIP(name) !== 0) return name.toLowerCase();
  const ascii = domainToASCII(name);
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/.test(ascii) ? ascii.replace(/\.$/, '') : null;
}
