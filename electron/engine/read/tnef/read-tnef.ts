import { charsetText } from '../../search/mime/charset-text.ts';
import { mapiProperties, propertyType } from './mapi-properties.ts';
import type { MapiValue } from './mapi-properties.ts';
import { textOfRtf } from './text-of-rtf.ts';

/** What Outlook hid in a `winmail.dat` ([MS-OXTNEF]). */
export interface TnefMessage {
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly TnefAttachment[];
}

export interface TnefAttachment {
  readonly name: string;
  /** Empty where Outlook did not say. */
  readonly type: string;
  /** Without angle brackets; empty where it has none. */
  readonly contentId: string;
  readonly octets: Buffer;
  /** A mail or an appointment within: its octets are a TNEF stream of their own. */
  readonly isMessage: boolean;
}

const signature = 0x223e9f78;
const headerOctets = 6;
/** Level, identifier, length, and behind the data a checksum. */
const attributeHeaderOctets = 9;
const mostAttributes = 20_000;

/** [MS-OXTNEF] 2.1.3.2. */
const attribute = {
  body: 0x0002800c,
  messageProperties: 0x00069003,
  codePage: 0x00069007,
  attachmentBegins: 0x00069002,
  attachmentData: 0x0006800f,
  attachmentTitle: 0x00018010,
  attachmentProperties: 0x00069005,
} as const;

/** [MS-OXPROPS]: PidTagBody and so on. */
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  attachmentData: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mimeTag: 0x370e,
  contentId: 0x3712,
} as const;

/** The interface identifier before an embedded message: {00020307-0000-0000-C000-000000000046}. */
const messageInterface = Buffer.from('0703020000000000c000000000000046', 'hex');

/**
 * Reads a TNEF stream; null when it is none. Checksums are not looked at: what is damaged shows as it is. A stream that
 * ends too soon gives the attachments before its end.
 */
export function readTnef(octets: Buffer): TnefMessage | null {
  if (octets.length < headerOctets || octets.readUInt32LE(0) !== signature) return null;
  const reading: Reading = { charset: 'windows-1252', text: null, html: null, attachments: [] };
  let at = headerOctets;
  for (let count = 0; count < mostAttributes && at + attributeHeaderOctets <= octets.length; count += 1) {
    const id = octets.readUInt32LE(at + 1);
    const length = octets.readUInt32LE(at + 5);
    const start = at + attributeHeaderOctets;
    if (start + length > octets.length) break;
    take(reading, id, octets.subarray(start, start + length));
    at = start + length + 2;
  }
  const { text, html, attachments } = reading;
  return { text, html, attachments: attachments.map(finished).filter(each => each !== null) };
}

interface Reading {
  charset: string;
  text: string | null;
  html: string | null;
  readonly attachments: DraftAttachment[];
}

interface DraftAttachment {
  title: string;
  data: Buffer | null;
  properties: ReadonlyMap<number, MapiValue>;
  readonly charset: string;
}

function take(reading: Reading, id: number, data: Buffer): void {
  const current = reading.attachments.at(-1);
  switch (id) {
    case attribute.codePage:
      if (data.length >= 4) reading.charset = charsetOf(data.readUInt32LE(0));
      return;
    case attribute.body:
      reading.text ??= eightBitText(data, reading.charset);
      return;
    case attribute.messageProperties:
      takeBody(reading, mapiProperties(data));
      return;
    case attribute.attachmentBegins:
      reading.attachments.push({ title: '', data: null, properties: new Map(), charset: reading.charset });
      return;
    case attribute.attachmentTitle:
      if (current !== undefined) current.title = eightBitText(data, reading.charset);
      return;
    case attribute.attachmentData:
      if (current !== undefined) current.data = data;
      return;
    case attribute.attachmentProperties:
      if (current !== undefined) current.properties = mapiProperties(data);
      return;
    default:
  }
}

function takeBody(reading: Reading, properties: ReadonlyMap<number, MapiValue>): void {
  const body = textOf(properties.get(property.body), reading.charset);
  if (body !== '') reading.text ??= body;
  const html = properties.get(property.html);
  if (html !== undefined) reading.html ??= textOf(html, reading.charset);
  const rtf = properties.get(property.rtf);
  if (rtf === undefined || reading.html !== null) return;
  const taken = textOfRtf(rtf.octets);
  if (taken?.isHtml === true) reading.html = taken.text;
  else if (taken !== null) reading.text ??= taken.text;
}

function finished({ title, data, properties, charset }: DraftAttachment): TnefAttachment | null {
  const text = (number: number): string => textOf(properties.get(number), charset);
  const stored = properties.get(property.attachmentData)?.octets ?? null;
  const isMessage = stored !== null && stored.subarray(0, 16).equals(messageInterface);
  const octets = isMessage ? stored.subarray(16) : (data ?? stored);
  if (octets === null) return null;
  const names = [text(property.longFileName), text(property.fileName), title, text(property.displayName)];
  return {
    name: names.find(name => name.trim() !== '') ?? '',
    type: isMessage ? 'application/ms-tnef' : text(property.mimeTag).toLowerCase(),
    contentId: text(property.contentId),
    octets,
    isMessage,
  };
}

function textOf(value: MapiValue | undefined, charset: string): string {
  if (value === undefined) return '';
  const { type, octets } = value;
  if (type === propertyType.unicode) return octets.toString('utf16le', 0, octets.length & ~1).replace(/\0+$/, '');
  // HTML is binary, and says itself what it is in; UTF-8 is guessed where its octets are that.
  return type === propertyType.binary ? eightBitText(octets, null) : eightBitText(octets, charset);
}

function eightBitText(octets: Buffer, charset: string | null): string {
  const end = octets.indexOf(0);
  return charsetText(end < 0 ? octets : octets.subarray(0, end), charset);
}

function charsetOf(codePage: number): string {
  if (codePage === 65001) return 'utf-8';
  return codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : `cp${codePage}`;
}
