import { charsetText } from '../../search/mime/charset-text.ts';
import { quotedPrintable } from '../../search/mime/transfer-encoding.ts';
import { cardLines } from './card-lines.ts';
import type { CardLine } from './card-lines.ts';

export type VcardVersion = '2.1' | '3.0' | '4.0';

export interface CardProperty {
  /** `item1` of `item1.TEL`, with which Apple and Google tie a label to a number. */
  readonly group: string | null;
  /** Upper case. */
  readonly name: string;
  /** As it is written: some programs know their own names by one spelling only. */
  readonly spelling: string;
  /** Names in upper case, values as they are meant; `ENCODING` and `CHARSET` are not among them. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** In characters, escaped as its version does; of what is base64, the base64. */
  readonly value: string;
  readonly isBase64: boolean;
}

export type CardReading =
  | { readonly version: VcardVersion; readonly properties: readonly CardProperty[] }
  /** It is no vCard from this line on, counted from 1 in the card. */
  | { readonly malformedLine: number };

const contentLine = /^(?:([\w-]+)\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/s;
const encodings: ReadonlySet<string> = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']);

/** Takes one card apart, of whatever version. A card within the card (`AGENT` of vCard 2.1) is that property's value. */
export function readVcard(octets: Buffer): CardReading {
  const lines = cardLines(octets);
  const end = lines.at(-1);
  if (end === undefined || !isEdge(end, 'END')) return { malformedLine: end?.number ?? 1 };
  const properties: CardProperty[] = [];
  let version: VcardVersion = '3.0';
  for (let index = 1; index < lines.length - 1; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    const inner = isEdge(line, 'BEGIN') ? lines.findIndex((each, at) => at > index && isEdge(each, 'END')) : -1;
    if (inner > 0 && inner < lines.length - 1 && properties.at(-1)?.name === 'AGENT') {
      const card = lines.slice(index, inner + 1).map(({ text }) => charsetText(Buffer.from(text, 'latin1'), null));
      properties.push({ ...bare('AGENT'), value: card.join('\n') });
      index = inner;
      continue;
    }
    const property = readProperty(line.text);
    if (property === null || isEdge(line, 'BEGIN') || isEdge(line, 'END')) return { malformedLine: line.number };
    if (property.name === 'VERSION') {
      const told = property.value.trim();
      if (told !== '2.1' && told !== '3.0' && told !== '4.0') return { malformedLine: line.number };
      version = told;
    } else properties.push(property);
  }
  return { version, properties: properties.filter(({ name, value }) => name !== 'AGENT' || value.trim() !== '') };
}

function bare(name: string): Omit<CardProperty, 'value'> {
  return { group: null, name, spelling: name, parameters: new Map(), isBase64: false };
}

function isEdge({ text }: CardLine, edge: 'BEGIN' | 'END'): boolean {
  return new RegExp(`^${edge}:VCARD\\s*$`, 'i').test(text);
}

/** Null for what is no content line, and for base64 that is none. */
function readProperty(line: string): CardProperty | null {
  const match = contentLine.exec(line);
  if (match === null) return null;
  const [, group, name = '', given = '', raw = ''] = match;
  const parameters = new Map<string, string[]>();
  let encoding = '';
  let charset: string | null = null;
  for (const text of splitOutsideQuotes(given.slice(1), ';')) {
    if (text === '') continue;
    const equals = text.indexOf('=');
    // vCard 2.1 leaves out `TYPE=` and `ENCODING=`.
    const bareName = encodings.has(text.toUpperCase()) ? 'ENCODING' : 'TYPE';
    const [key, value] = equals < 0 ? [bareName, text] : [text.slice(0, equals).toUpperCase(), text.slice(equals + 1)];
    if (key === 'ENCODING') encoding = value.replaceAll('"', '').toUpperCase();
    else if (key === 'CHARSET') charset = value.replaceAll('"', '');
    else parameters.set(key, [...(parameters.get(key) ?? []), ...splitOutsideQuotes(value, ',').map(parameterValue)]);
  }
  const property = { group: group ?? null, name: name.toUpperCase(), spelling: name, parameters };
  if (encoding === 'BASE64' || encoding === 'B') {
    const value = raw.replaceAll(/\s/g, '');
    return /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? { ...property, value, isBase64: true } : null;
  }
  const octets = Buffer.from(raw, 'latin1');
  const decoded = encoding === 'QUOTED-PRINTABLE' ? quotedPrintable(octets) : octets;
  return { ...property, value: charsetText(decoded, charset), isBase64: false };
}

function splitOutsideQuotes(text: string, separator: ';' | ','): readonly string[] {
  return text.match(separator === ';' ? /(?:[^";]|"[^"]*")+/g : /(?:[^",]|"[^"]*")+/g) ?? [];
}

/** RFC 6868: what cannot stand within quotation marks. */
function parameterValue(text: string): string {
  const inner = /^"(.*)"$/s.exec(text.trim())?.[1] ?? text.trim();
  const meant = inner.replaceAll(/\^(?:n|\^|')/g, escape => (escape === '^n' ? '\n' : escape === '^^' ? '^' : '"'));
  return charsetText(Buffer.from(meant, 'latin1'), null);
}
