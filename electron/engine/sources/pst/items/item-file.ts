import { createHash } from 'node:crypto';
import type { Properties } from '../ltp/property-context.ts';

/** An item that is no mail, in the standard form of its kind. */
export interface ItemFile {
  /** For people, as it was written. */
  readonly title: string;
  readonly extension: 'vcf' | 'ics' | 'txt';
  /** Legal on every file system, unique within the source file. */
  readonly fileName: string;
  readonly mediaType: 'text/vcard' | 'text/calendar' | 'text/plain';
  readonly octets: Buffer;
}

/** PidTagSearchKey: unique to the item, and the same in every copy of it. */
const searchKey = 0x300b;

/** A name for the item that stays the same however often it is read, in the form of a UUID (RFC 9562 section 5.8). */
export function stableId(properties: Properties): string {
  const key = properties.octets(searchKey) ?? Buffer.from(`node ${properties.node.nid}`, 'latin1');
  const hash = createHash('sha256').update(key).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function itemFile(
  properties: Properties,
  { title, extension, octets }: Pick<ItemFile, 'title' | 'extension' | 'octets'>,
): ItemFile {
  const fileName = itemFileName(title, properties.node.nid, extension);
  return { title, extension, fileName, mediaType: mediaTypes[extension], octets };
}

const mediaTypes = { vcf: 'text/vcard', ics: 'text/calendar', txt: 'text/plain' } as const;

/** The title for people, the node id against collisions; no character that a file system refuses. */
export function itemFileName(title: string, nid: number, extension: string): string {
  const readable = title
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Z}<>:"/\\|?*.]+/gu, ' ')
    .trim();
  const short = Array.from(readable).slice(0, 50).join('').trim();
  return `${short === '' ? '' : `${short} `}${nid.toString(16)}.${extension}`;
}
