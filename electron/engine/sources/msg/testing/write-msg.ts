import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';
import { propertyTypes } from '../../pst/ltp/property-types.ts';

export type PropertyValue = string | number | Date | Buffer | readonly string[];

/** What a `.msg` is to say, by property id. */
export interface MsgDraft {
  readonly properties: Readonly<Record<number, PropertyValue>>;
  readonly recipients?: readonly Readonly<Record<number, PropertyValue>>[];
  readonly attachments?: readonly MsgAttachmentDraft[];
  /** Named properties of the public strings, by name: their ids count from 0x8000. */
  readonly names?: readonly string[];
}

export type MsgAttachmentDraft = Readonly<Record<number, PropertyValue>> & { readonly message?: MsgDraft };

interface Entry {
  readonly name: string;
  readonly type: TypeEnum;
  readonly length: number;
  readonly binaryProvider?: () => Uint8Array;
  readonly children?: number[];
}

/** Writes a file of Outlook's `.msg` format ([MS-OXMSG]) through the compound-file writer of another project. */
export function writeMsg(draft: MsgDraft): Buffer {
  const entries: Entry[] = [{ name: 'Root Entry', type: TypeEnum.ROOT, length: 0, children: [] }];
  fill(entries, 0, draft, 32);
  const map = folder(entries, 0, '__nameid_version1.0');
  const names = draft.names ?? [];
  const strings: Buffer[] = [];
  const list = names.map((name, index) => {
    const offset = Buffer.concat(strings).length;
    const text = Buffer.from(name, 'utf16le');
    const padded = Buffer.alloc((text.length + 3) & ~3);
    text.copy(padded);
    strings.push(words(text.length), padded);
    const entry = Buffer.alloc(8);
    entry.writeUInt32LE(offset, 0);
    entry.writeUInt16LE((2 << 1) | 1, 4);
    entry.writeUInt16LE(index, 6);
    return entry;
  });
  file(entries, map, '__substg1.0_00020102', Buffer.alloc(0));
  file(entries, map, '__substg1.0_00030102', Buffer.concat(list));
  file(entries, map, '__substg1.0_00040102', Buffer.concat(strings));
  return Buffer.from(burn(entries));
}

function fill(
  entries: Entry[],
  at: number,
  { properties, recipients = [], attachments = [] }: MsgDraft,
  head: number,
): void {
  writeProperties(entries, at, properties, head);
  for (const [index, recipient] of recipients.entries())
    writeProperties(entries, folder(entries, at, `__recip_version1.0_#${hex(index, 8)}`), recipient, 8);
  for (const [index, { message, ...attachment }] of attachments.entries()) {
    const own = folder(entries, at, `__attach_version1.0_#${hex(index, 8)}`);
    writeProperties(entries, own, attachment, 8, message !== undefined);
    if (message !== undefined) fill(entries, folder(entries, own, '__substg1.0_3701000D'), message, 24);
  }
}

function writeProperties(
  entries: Entry[],
  at: number,
  properties: Readonly<Record<number, PropertyValue>>,
  head: number,
  holdsMessage = false,
): void {
  const list: Buffer[] = [Buffer.alloc(head)];
  const put = (id: number, type: number, value: Buffer): void => {
    const entry = Buffer.alloc(16);
    entry.writeUInt16LE(type, 0);
    entry.writeUInt16LE(id, 2);
    value.copy(entry, 8);
    list.push(entry);
  };
  const stream = (id: number, type: number, octets: Buffer): void => {
    put(id, type, words(octets.length));
    file(entries, at, `__substg1.0_${hex(id, 4)}${hex(type, 4)}`, octets);
  };
  for (const [key, value] of Object.entries(properties)) {
    const id = Number(key);
    if (typeof value === 'string') stream(id, propertyTypes.string, Buffer.from(value, 'utf16le'));
    else if (typeof value === 'number') put(id, propertyTypes.int32, words(value));
    else if (value instanceof Date) put(id, propertyTypes.time, filetime(value));
    else if (Buffer.isBuffer(value)) stream(id, propertyTypes.binary, value);
    else {
      const type = propertyTypes.string | 0x1000;
      const texts = value.map(text => Buffer.from(text, 'utf16le'));
      stream(id, type, Buffer.concat(texts.map(text => words(text.length))));
      for (const [index, text] of texts.entries())
        file(entries, at, `__substg1.0_${hex(id, 4)}${hex(type, 4)}-${hex(index, 8)}`, text);
    }
  }
  if (holdsMessage) put(0x3701, propertyTypes.object, words(0xffffffff));
  file(entries, at, '__properties_version1.0', Buffer.concat(list));
}

function folder(entries: Entry[], parent: number, name: string): number {
  entries.push({ name, type: TypeEnum.DIRECTORY, length: 0, children: [] });
  entries[parent]?.children?.push(entries.length - 1);
  return entries.length - 1;
}

/** A copy of its own: the writer takes the memory beneath an array and not the array. */
function file(entries: Entry[], parent: number, name: string, octets: Buffer): void {
  entries.push({ name, type: TypeEnum.DOCUMENT, length: octets.length, binaryProvider: () => new Uint8Array(octets) });
  entries[parent]?.children?.push(entries.length - 1);
}

function words(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value >>> 0, 0);
  return octets;
}

function filetime(date: Date): Buffer {
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64LE((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n, 0);
  return octets;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
