import { createHash, randomBytes } from 'node:crypto';

/** A challenge of RFC 7616 as a server sends it in `WWW-Authenticate`. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly algorithm: 'MD5' | 'SHA-256';
  /** Whether `qop=auth` is asked for; without it the server speaks RFC 2069. */
  readonly qop: boolean;
}

const hashes = { MD5: 'md5', 'SHA-256': 'sha256' } as const;

/** The schemes of a `WWW-Authenticate` header, lower case, each with its parameters. */
export function challengesOf(header: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const schemes = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  const token =
    /(?:^|,)?\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w!#$%&'*+.^`|~-]+)(?=\s|,|$))/gy;
  for (const [, name, quoted, plain, scheme] of header.matchAll(token)) {
    if (scheme !== undefined) {
      current = new Map();
      // Of two challenges of one scheme the first is the one the server prefers.
      if (!schemes.has(scheme.toLowerCase())) schemes.set(scheme.toLowerCase(), current);
    } else if (name !== undefined) {
      current?.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
    }
  }
  return schemes;
}

/** Null where the challenge asks for something that nobody here can answer. */
export function digestChallenge(parameters: ReadonlyMap<string, string>): DigestChallenge | null {
  const algorithm = (parameters.get('algorithm') ?? 'MD5').toUpperCase();
  const qop = parameters.get('qop');
  const nonce = parameters.get('nonce');
  if (nonce === undefined || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return null;
  if (qop !== undefined && !qop.split(',').some(each => each.trim() === 'auth')) return null;
  const realm = parameters.get('realm') ?? '';
  return { realm, nonce, opaque: parameters.get('opaque') ?? null, algorithm, qop: qop !== undefined };
}

/** The `Authorization` header for one request (RFC 7616 section 3.4). */
export function digestAnswer(
  challenge: DigestChallenge,
  request: { readonly user: string; readonly password: string; readonly method: string; readonly uri: string },
  count: number,
  cnonce: string = randomBytes(16).toString('hex'),
): string {
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const { user, password, method, uri } = request;
  const hash = (text: string): string => createHash(hashes[algorithm]).update(text).digest('hex');
  const secret = hash(`${user}:${realm}:${password}`);
  const what = hash(`${method}:${uri}`);
  const nc = count.toString(16).padStart(8, '0');
  const response = hash(qop ? `${secret}:${nonce}:${nc}:${cnonce}:auth:${what}` : `${secret}:${nonce}:${what}`);
  const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  const parts = [
    ...[`username=${quote(user)}`, `realm=${quote(realm)}`, `nonce=${quote(nonce)}`, `uri=${quote(uri)}`],
    ...[`response="${response}"`, `algorithm=${algorithm}`],
    ...(qop ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
    ...(opaque === null ? [] : [`opaque=${quote(opaque)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}
