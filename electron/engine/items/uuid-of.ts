import { createHash } from 'node:crypto';

/** A name that is always the same for the same thing, in the form of a UUID (RFC 9562 section 5.8). */
export function uuidOf(thing: string | Buffer): string {
  const hash = createHash('sha256').update(thing).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
