/**
 * Mailbox names on the wire: modified UTF-7 (RFC 3501 section 5.1.3). Octet strings are latin1, one char per octet.
 */

/**
 * The Unicode name, or null when the octets are not the one right encoding of any name. Some servers hold names
 * that older clients wrote in raw UTF-8, in broken base64, or with a bare `&`; such a name cannot be decoded and
 * encoded again without becoming the name of another mailbox, so the caller keeps the octets.
 */
export function decodeModifiedUtf7(octets: string): string | null {
  if (!/^[\x20-\x7e]*$/.test(octets)) return null;
  const decoded = octets.replaceAll(/&([^-]*)-/g, (_, base64: string) => (base64 === '' ? '&' : decodeRun(base64)));
  return encodeModifiedUtf7(decoded) === octets ? decoded : null;
}

/** The octets of a Unicode name. A lone surrogate is carried as it is: some servers store them. */
export function encodeModifiedUtf7(name: string): string {
  return name.replaceAll(/&|[^\x20-\x7e]+/g, run => (run === '&' ? '&-' : `&${encodeRun(run)}-`));
}

/**
 * The readable form of a name that may be anything: decoded where that is safe, else raw UTF-8 where the octets are
 * that, else the octets themselves.
 */
export function readableMailboxName(octets: string): string {
  const decoded = decodeModifiedUtf7(octets);
  if (decoded !== null) return decoded;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(octets, 'latin1'));
  } catch {
    return octets;
  }
}

function decodeRun(base64: string): string {
  const bytes = Buffer.from(base64.replaceAll(',', '/'), 'base64');
  return bytes
    .subarray(0, bytes.length - (bytes.length % 2))
    .swap16()
    .toString('utf16le');
}

function encodeRun(run: string): string {
  return Buffer.from(run, 'utf16le').swap16().toString('base64').replaceAll('/', ',').replace(/=+$/, '');
}
