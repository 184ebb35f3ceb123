import { TravasoError } from './errors.ts';

/** Where a TLS session begins, if at all. `none-on-loopback` is for test servers and local bridges. */
export const tlsModes = ['implicit', 'starttls', 'none-on-loopback'] as const;
export type TlsMode = (typeof tlsModes)[number];

export interface ImapAddress {
  readonly kind: 'imap';
  /** The name to sign in with, decoded. */
  readonly user: string;
  /** Lower case; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
}

/** An account reached over HTTPS. */
export interface WebAccountAddress {
  readonly kind: 'zimbra' | 'carbonio';
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** Address books and calendars of a CardDAV and CalDAV server. Holds no mail. */
export interface DavAddress {
  readonly kind: 'dav';
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** Where its service begins, with a leading slash; null: found out by `/.well-known` (RFC 6764). */
  readonly service: string | null;
  readonly tls: 'implicit' | 'none-on-loopback';
}

export interface MicrosoftAddress {
  readonly kind: 'microsoft365';
  /** `user@domain`. */
  readonly user: string;
}

/** Mail, or contacts and calendars (`items`), in a file or folder of this computer. The path is what the person gave, not resolved. */
export interface FileAddress {
  readonly kind: 'pst' | 'mbox' | 'eml' | 'maildir' | 'tgz' | 'items';
  readonly path: string;
}

export type AccountAddress = ImapAddress | WebAccountAddress | DavAddress | MicrosoftAddress | FileAddress;
export type AccountKind = AccountAddress['kind'];

export interface ParseAddressOptions {
  /** What the person said about TLS (`--tls`); otherwise the scheme decides: imaps implicit, imap starttls. */
  readonly tls?: TlsMode;
}

const fileKinds = ['pst', 'mbox', 'eml', 'maildir', 'tgz', 'items'] as const satisfies readonly FileAddress['kind'][];

/**
 * Reads `imap://user@host[:port]` and the other forms that sources and targets are named by. The user part is
 * percent-encoded (RFC 5092 section 3); people type `anna@ente.it@host` nevertheless, so the last `@` splits.
 *
 * Throws `ACCOUNT_ADDRESS_INVALID` with a `reason`, and `ACCOUNT_KIND_UNSUPPORTED` with the `scheme`. What was typed
 * is not in the details: it may hold a password.
 */
export function parseAccountAddress(text: string, options: ParseAddressOptions = {}): AccountAddress {
  const colon = text.indexOf(':');
  if (colon <= 0) throw invalid('no-scheme');
  const scheme = text.slice(0, colon).toLowerCase();
  const rest = text.slice(colon + 1);
  const fileKind = fileKinds.find(kind => kind === scheme);
  if (fileKind !== undefined) {
    if (rest === '') throw invalid('no-path');
    return { kind: fileKind, path: rest };
  }
  switch (scheme) {
    case 'imap':
    case 'imaps': {
      const tls = options.tls ?? (scheme === 'imaps' ? 'implicit' : 'starttls');
      const authority = parseAuthority(rest);
      return { kind: 'imap', ...authority, port: authority.port ?? (tls === 'implicit' ? 993 : 143), tls };
    }
    case 'zimbra':
    case 'carbonio': {
      const authority = parseAuthority(rest);
      return { kind: scheme, ...authority, port: authority.port ?? 443 };
    }
    case 'dav':
      return parseDav(rest, options);
    case 'microsoft365': {
      const user = decodeUser(rest.replace(/^\/\//, ''));
      if (!/^[^@\s]+@[^@\s/]+$/.test(user)) throw invalid('no-domain');
      return { kind: 'microsoft365', user };
    }
    default:
      throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', {
        scheme: /^[a-z][a-z0-9+.-]{0,31}$/.test(scheme) ? scheme : '',
      });
  }
}

/** The stable name of an account: one spelling for one mailbox, whatever was typed. Holds no secret. */
export function canonicalAddress(address: AccountAddress): string {
  switch (address.kind) {
    case 'imap': {
      const usual = address.tls === 'implicit' ? 993 : 143;
      return `imap://${encodeURIComponent(address.user)}@${hostAndPort(address.host, address.port, usual)}`;
    }
    case 'zimbra':
    case 'carbonio':
      return `${address.kind}://${encodeURIComponent(address.user)}@${hostAndPort(address.host, address.port, 443)}`;
    case 'dav': {
      const host = hostAndPort(address.host, address.port, 443);
      return `dav://${encodeURIComponent(address.user)}@${host}${address.service ?? ''}`;
    }
    case 'microsoft365':
      return `microsoft365:${address.user.toLowerCase()}`;
    default:
      return `${address.kind}:${address.path}`;
  }
}

function hostAndPort(host: string, port: number, usual: number): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return port === usual ? bracketed : `${bracketed}:${port}`;
}

/** The user part is percent-encoded, so the first slash begins the path; the path may name the user once more. */
function parseDav(rest: string, { tls = 'implicit' }: ParseAddressOptions): DavAddress {
  if (!rest.startsWith('//')) throw invalid('no-host');
  const slash = rest.indexOf('/', 2);
  const { user, host, port } = parseAuthority(slash === -1 ? rest : rest.slice(0, slash));
  const path = slash === -1 ? '/' : rest.slice(slash);
  if (/[?#\s]/.test(path)) throw invalid('path');
  const clear = tls === 'none-on-loopback';
  return {
    kind: 'dav',
    user,
    host,
    port: port ?? (clear ? 80 : 443),
    service: path === '/' ? null : path,
    tls: clear ? tls : 'implicit',
  };
}

function parseAuthority(rest: string): { user: string; host: string; port?: number } {
  if (!rest.startsWith('//')) throw invalid('no-host');
  // A path, query or fragment of RFC 5092 names a mailbox or message; an account is all of them.
  const split = /^\/\/(.*)@([^@/?#]*)\/?$/s.exec(rest);
  if (split === null) throw invalid(rest.includes('@') ? 'path-not-allowed' : 'no-user');
  const [, userPart = '', hostPart = ''] = split;
  const host = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/i.exec(hostPart);
  if (host === null) throw invalid(hostPart === '' ? 'no-host' : 'host');
  const name = (host[1] ?? host[2] ?? '').toLowerCase();
  const user = decodeUser(userPart);
  if (host[3] === undefined) return { user, host: name };
  const port = Number(host[3]);
  if (port < 1 || port > 65_535) throw invalid('port');
  return { user, host: name, port };
}

function decodeUser(encoded: string): string {
  // `;AUTH=` (RFC 5092 section 3.2) chooses a mechanism, which the program does by itself.
  const bare = encoded.replace(/;AUTH=[^;]*$/i, '');
  if (bare === '') throw invalid('no-user');
  // A colon begins a password in common URLs. It would be seen in the process list and the shell's history.
  if (bare.includes(':')) throw invalid('password-in-address');
  let user: string;
  try {
    user = decodeURIComponent(bare);
  } catch {
    throw invalid('percent-encoding');
  }
  // eslint-disable-next-line no-control-regex -- a control character would end the command line it is put into
  if (/[\x00-\x1f\x7f]/.test(user)) throw invalid('user');
  return user;
}

function invalid(reason: string): TravasoError {
  return new TravasoError('ACCOUNT_ADDRESS_INVALID', { reason });
}
