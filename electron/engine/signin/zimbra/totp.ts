import { createHmac } from 'node:crypto';

export interface TotpOptions {
  readonly digits?: number;
  /** Seconds a code is good for. */
  readonly period?: number;
  readonly algorithm?: 'sha1' | 'sha256' | 'sha512';
}

/**
 * The code an authenticator shows at `timeMs` (RFC 6238 section 4). Null when the secret is not base32.
 */
export function totpCode(secret: string, timeMs: number, options: TotpOptions = {}): string | null {
  const { digits = 6, period = 30, algorithm = 'sha1' } = options;
  const key = decodeBase32(secret);
  if (key === null) return null;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(timeMs / 1000 / period)));
  const mac = createHmac(algorithm, key).update(counter).digest();
  // RFC 4226 section 5.3: the last octet's low half tells where to read.
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * How many periods away from `timeMs` the given code was the right one: 0 now, -1 the one before. Null when it never
 * was within `reach` periods to either side.
 */
export function periodsAway(
  secret: string,
  code: string,
  timeMs: number,
  { reach = 20, ...options }: TotpOptions & { readonly reach?: number } = {},
): number | null {
  const step = (options.period ?? 30) * 1000;
  for (let distance = 0; distance <= reach; distance += 1) {
    for (const periods of distance === 0 ? [0] : [-distance, distance]) {
      if (totpCode(secret, timeMs + periods * step, options) === code) return periods;
    }
  }
  return null;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6; servers show secrets in groups and in either case, and leave the padding out. */
function decodeBase32(text: string): Buffer | null {
  const octets: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text.toUpperCase().replaceAll(/[\s=-]/g, '')) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      octets.push((held >>> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return octets.length === 0 ? null : Buffer.from(octets);
}
