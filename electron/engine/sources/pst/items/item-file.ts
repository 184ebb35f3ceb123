import { uuidOf } from '../../../items/uuid-of.ts';
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

/** A name for the item that stays the same however often it is read. */
export function stableId(properties: Properties): string {
  const key = properties.octets(searchKey) ?? Buffer.from(`node ${properties.node.nid}`, 'latin1');
  return uuidOf(key);
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
