import { decodeUtf16 } from '../ltp/property-values.ts';
import { decodeText } from '../ltp/code-page.ts';

/** The node named by a store-internal entry id ([MS-PST] 2.4.3.2: flags, the store's UID, NID); null for any other. */
export function nodeOfEntryId(entryId: Buffer | null): number | null {
  return entryId === null || entryId.length !== 24 ? null : entryId.readUInt32LE(20);
}

export interface OneOffAddress {
  readonly name: string;
  readonly type: string;
  readonly address: string;
}

const oneOffUid = Buffer.from('812b1fa4bea310199d6e00dd010f5402', 'hex');
const contactUid = 'c091add3519dcf11a4a900aa0047faa4';

/** One-Off EntryID ([MS-OXCDATA] 2.2.5.1): an address in full. Null for any other kind of entry id. */
export function oneOffOfEntryId(entryId: Buffer | null, codePage: number): OneOffAddress | null {
  if (entryId === null || entryId.length < 24 || !oneOffUid.equals(entryId.subarray(4, 20))) return null;
  const unicode = (entryId.readUInt16LE(22) & 0x8000) !== 0;
  const parts: string[] = [];
  let at = 24;
  while (parts.length < 3 && at < entryId.length) {
    const end = endOfText(entryId, at, unicode);
    const octets = entryId.subarray(at, end);
    parts.push(unicode ? decodeUtf16(octets) : decodeText(octets, codePage));
    at = end + (unicode ? 2 : 1);
  }
  const [name = '', type = '', address = ''] = parts;
  return { name, type, address };
}

/**
 * What a member of a distribution list refers to: an address in full, or an item of the same store. The wrapped form
 * is [MS-OXOCNTC] 2.2.3: a UID, one octet of type, and the entry id proper.
 */
export function unwrapMember(entryId: Buffer): Buffer {
  return entryId.length > 21 && entryId.toString('hex', 4, 20) === contactUid ? entryId.subarray(21) : entryId;
}

function endOfText(octets: Buffer, from: number, unicode: boolean): number {
  if (!unicode) {
    const end = octets.indexOf(0, from);
    return end < 0 ? octets.length : end;
  }
  for (let at = from; at + 2 <= octets.length; at += 2) if (octets.readUInt16LE(at) === 0) return at;
  return octets.length;
}

/** FLATENTRYLIST ([MS-OXCDATA] 2.3.3): count, size, then per entry its size and octets, padded to four. */
export function splitEntryList(list: Buffer | null): readonly Buffer[] {
  if (list === null || list.length < 8) return [];
  const count = Math.min(list.readUInt32LE(0), 4096);
  const entries: Buffer[] = [];
  let at = 8;
  while (entries.length < count && at + 4 <= list.length) {
    const bytes = list.readUInt32LE(at);
    if (at + 4 + bytes > list.length) break;
    entries.push(list.subarray(at + 4, at + 4 + bytes));
    at += 4 + Math.ceil(bytes / 4) * 4;
  }
  return entries;
}
