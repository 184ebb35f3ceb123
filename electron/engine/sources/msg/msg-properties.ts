import { charsetOf, westernCodePage } from '../pst/ltp/code-page.ts';
import { propertyTypes } from '../pst/ltp/property-types.ts';
import { decodeFiletime, decodeInteger, decodeString } from '../pst/ltp/property-values.ts';
import type { CompoundStorage } from './compound-file.ts';

/** The properties of a message, recipient or attachment of a `.msg` ([MS-OXMSG] 2.1). Null: absent or of another type. */
export interface MsgProperties {
  readonly codePage: number;
  readonly storage: CompoundStorage;
  number(id: number): number | null;
  flag(id: number): boolean;
  text(id: number): string | null;
  texts(id: number): readonly string[];
  /** Milliseconds since 1970, UTC. */
  time(id: number): number | null;
  octets(id: number): Buffer | null;
  type(id: number): number | null;
}

/** What stands before the entries: [MS-OXMSG] 2.4.1. */
export const headOctets = { message: 32, embedded: 24, other: 8 } as const;

const ids = { messageCodePage: 0x3ffd, internetCodePage: 0x3fde };
const multiple = 0x1000;
/** Of one property; a list that is longer was made to do harm. */
const mostValues = 10_000;

export function readMsgProperties(
  storage: CompoundStorage,
  head: keyof typeof headOctets,
  otherwise = westernCodePage,
): MsgProperties {
  const list = storage.stream('__properties_version1.0') ?? Buffer.alloc(0);
  const slots = new Map<number, { readonly type: number; readonly value: Buffer }>();
  for (let at = headOctets[head]; at + 16 <= list.length; at += 16) {
    slots.set(list.readUInt16LE(at + 2), { type: list.readUInt16LE(at), value: list.subarray(at + 8, at + 16) });
  }
  const int = (id: number): number | null => {
    const slot = slots.get(id);
    return slot === undefined ? null : decodeInteger(slot.type, slot.value);
  };
  const known = [int(ids.messageCodePage), int(ids.internetCodePage)].find(each => each !== null && each > 0);
  const codePage = known ?? otherwise;
  const stream = (id: number, type: number, index: number | null = null): Buffer | null =>
    storage.stream(`__substg1.0_${hex(id, 4)}${hex(type, 4)}${index === null ? '' : `-${hex(index, 8)}`}`);
  return {
    codePage,
    storage,
    number: int,
    flag: id => int(id) === 1,
    text: id => {
      const type = slots.get(id)?.type;
      if (type !== propertyTypes.string && type !== propertyTypes.string8) return null;
      const octets = stream(id, type);
      return octets === null ? null : decodeString(type, octets, codePage, otherwise);
    },
    texts: id => {
      const type = slots.get(id)?.type;
      if (type === undefined || (type & multiple) === 0) return [];
      const count = Math.min(mostValues, (stream(id, type)?.length ?? 0) >> 2);
      return Array.from({ length: count }, (_, index) => stream(id, type, index)).flatMap(octets => {
        const text = octets === null ? null : decodeString(type & ~multiple, octets, codePage, otherwise);
        return text === null ? [] : [text];
      });
    },
    time: id => {
      const slot = slots.get(id);
      return slot?.type === propertyTypes.time ? decodeFiletime(slot.value) : null;
    },
    octets: id => {
      const type = slots.get(id)?.type;
      return type === propertyTypes.binary ? stream(id, type) : null;
    },
    type: id => slots.get(id)?.type ?? null,
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

/** The charset an HTML body says it is in, by the message's code page. */
export function htmlCharset(properties: MsgProperties): string {
  return charsetOf(properties.number(ids.internetCodePage) ?? properties.codePage);
}

/** [MS-OXPROPS] PS_PUBLIC_STRINGS as it lies in a file. */
const publicStrings = Buffer.from('2903020000000000c000000000000046', 'hex');

/** Under which id a file keeps a named property of the public strings ([MS-OXMSG] 2.2.3); 0 when it does not. */
export function publicStringId(top: CompoundStorage, name: string): number {
  const map = top.storage('__nameid_version1.0');
  const sets = map?.stream('__substg1.0_00020102') ?? Buffer.alloc(0);
  const entries = map?.stream('__substg1.0_00030102') ?? Buffer.alloc(0);
  const strings = map?.stream('__substg1.0_00040102') ?? Buffer.alloc(0);
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const kind = entries.readUInt16LE(at + 4);
    const set = kind >> 1;
    const isPublic = set === 2 || (set >= 3 && sets.subarray((set - 3) * 16, (set - 2) * 16).equals(publicStrings));
    const offset = entries.readUInt32LE(at);
    if ((kind & 1) === 0 || !isPublic || offset + 4 > strings.length) continue;
    const text = strings.toString('utf16le', offset + 4, offset + 4 + (strings.readUInt32LE(offset) & ~1));
    if (text.toLowerCase() === name.toLowerCase()) return 0x8000 + entries.readUInt16LE(at + 6);
  }
  return 0;
}
