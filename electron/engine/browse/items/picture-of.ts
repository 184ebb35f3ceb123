import type { Picture } from '../../../../shared/model/item-view.ts';
import { itemLimits } from './item-limits.ts';

const beginnings: readonly (readonly [type: Picture['type'], test: (octets: Buffer) => boolean])[] = [
  ['image/png', octets => octets.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['image/jpeg', octets => octets.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))],
  ['image/gif', octets => /^GIF8[79]a$/.test(octets.toString('latin1', 0, 6))],
  ['image/webp', octets => octets.toString('latin1', 0, 4) === 'RIFF' && octets.toString('latin1', 8, 12) === 'WEBP'],
];

/**
 * A picture that can be shown, judged by how its octets begin and not by what the card says of them: an SVG could run
 * and fetch. Null for anything else.
 */
export function pictureOf(base64: string): Picture | null {
  if (base64.length > itemLimits.photoOctets * (4 / 3)) return null;
  const octets = Buffer.from(base64, 'base64');
  const type = beginnings.find(([, test]) => test(octets))?.[0];
  return type === undefined ? null : { type, base64: octets.toString('base64') };
}
