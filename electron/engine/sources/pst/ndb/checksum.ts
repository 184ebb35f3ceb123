import { crc32 } from 'node:zlib';

/**
 * The CRC of [MS-PST] section 5.3: the common CRC-32 polynomial, but beginning at 0 and not inverted at the end.
 * zlib inverts at both ends, so both are undone.
 */
export function pstChecksum(octets: Buffer): number {
  return ~crc32(octets, 0xffff_ffff) >>> 0;
}
