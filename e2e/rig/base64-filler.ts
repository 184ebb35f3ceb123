import { seededRandom } from './seeded-random.ts';

const lineOctets = 78; // 76 characters and CRLF
const poolLines = 16_384;
let pool: Buffer | null = null;

/**
 * About `octets` octets that look like the base64 of a compressed file: whole lines of 76 characters, CRLF ended.
 * Taken from a pool at a place given by `offset`, because drawing gigabytes number by number would be the slowest
 * part of every large test.
 */
export function base64Filler(offset: number, octets: number): Buffer {
  pool ??= makePool();
  const lines = Math.max(1, Math.round(octets / lineOctets));
  const filler = Buffer.allocUnsafe(lines * lineOctets);
  let from = (offset % poolLines) * lineOctets;
  let done = 0;
  while (done < filler.length) {
    done += pool.copy(filler, done, from);
    // Each further round starts elsewhere, so that a 10 MB attachment does not repeat itself exactly.
    from = ((from / lineOctets + 7919) % poolLines) * lineOctets;
  }
  return filler;
}

function makePool(): Buffer {
  const random = seededRandom(0x706f_6f6c);
  const raw = Buffer.alloc(poolLines * 57);
  for (let at = 0; at + 4 <= raw.length; at += 4) raw.writeUInt32LE(random.below(2 ** 32), at);
  return Buffer.from(raw.toString('base64').replaceAll(/.{76}/g, '$&\r\n'), 'latin1');
}
