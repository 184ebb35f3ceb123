/** A `winmail.dat` as Outlook writes it ([MS-OXTNEF]), of the attributes that carry text and files. */
export interface TnefContent {
  readonly text?: string;
  readonly html?: string;
  readonly files?: readonly TnefFile[];
}

export interface TnefFile {
  readonly name: string;
  /** The short name that goes beside it. */
  readonly title?: string;
  readonly type?: string;
  readonly octets: Buffer;
  /** The octets are a TNEF stream: a mail within. */
  readonly isMessage?: boolean;
}

const levels = { message: 1, attachment: 2 };

export function tnefFile({ text, html, files = [] }: TnefContent): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt32LE(0x223e9f78, 0);
  header.writeUInt16LE(1, 4);
  const properties = [
    // A property with a name of its own, as Outlook has many, and one of several values:
    // whoever loses count in them does not find the text.
    namedProperty('Keywords', 'posta'),
    severalValues(0x3a58, ['uno', 'due']),
    ...(text === undefined ? [] : [unicodeProperty(0x1000, text)]),
    ...(html === undefined ? [] : [property(0x1013, 0x0102, Buffer.from(html, 'utf8'))]),
  ];
  return Buffer.concat([
    header,
    attribute(levels.message, 0x00089006, uint32(0x00010000)),
    attribute(levels.message, 0x00069007, Buffer.concat([uint32(1252), uint32(0)])),
    attribute(levels.message, 0x00069003, list(properties)),
    ...files.flatMap(file => [
      attribute(levels.attachment, 0x00069002, Buffer.alloc(14, 1)),
      ...(file.isMessage === true ? [] : [attribute(levels.attachment, 0x0006800f, file.octets)]),
      attribute(levels.attachment, 0x00018010, Buffer.from(`${file.title ?? file.name}\0`, 'latin1')),
      attribute(
        levels.attachment,
        0x00069005,
        list([
          unicodeProperty(0x3707, file.name),
          ...(file.type === undefined ? [] : [unicodeProperty(0x370e, file.type)]),
          ...(file.isMessage === true
            ? [property(0x3701, 0x000d, Buffer.concat([messageInterface, file.octets]))]
            : []),
        ]),
      ),
    ]),
  ]);
}

const messageInterface = Buffer.from('0703020000000000c000000000000046', 'hex');

function attribute(level: number, id: number, data: Buffer): Buffer {
  const sum = data.reduce((total, octet) => (total + octet) & 0xffff, 0);
  return Buffer.concat([Buffer.from([level]), uint32(id), uint32(data.length), data, uint16(sum)]);
}

function list(properties: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(properties.length), ...properties]);
}

function property(id: number, type: number, value: Buffer): Buffer {
  return Buffer.concat([uint16(type), uint16(id), uint32(1), sized(value)]);
}

function unicodeProperty(id: number, text: string): Buffer {
  return property(id, 0x001f, Buffer.from(`${text}\0`, 'utf16le'));
}

function severalValues(id: number, texts: readonly string[]): Buffer {
  const values = texts.map(text => sized(Buffer.from(`${text}\0`, 'utf16le')));
  return Buffer.concat([uint16(0x101f), uint16(id), uint32(values.length), ...values]);
}

function namedProperty(name: string, text: string): Buffer {
  const own = sized(Buffer.from(`${name}\0`, 'utf16le'));
  const value = sized(Buffer.from(`${text}\0`, 'utf16le'));
  return Buffer.concat([uint16(0x001f), uint16(0x8001), Buffer.alloc(16, 7), uint32(1), own, uint32(1), value]);
}

function sized(value: Buffer): Buffer {
  return Buffer.concat([uint32(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}

function uint16(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16LE(value);
  return octets;
}
