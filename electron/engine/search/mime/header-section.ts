import { limits } from '../limits.ts';
import { charsetText } from './charset-text.ts';
import { quotedPrintable } from './transfer-encoding.ts';

/** The fields of a header section: lower-case name → values, unfolded, still encoded. */
export type HeaderSection = ReadonlyMap<string, readonly string[]>;

export interface SplitMessage {
  readonly header: HeaderSection;
  readonly body: Buffer;
}

/**
 * Cuts at the blank line (RFC 5322 section 2.1), with either line end. Without one, the text begins where the fields end:
 * programs have forgotten the line, and their text is text all the same.
 */
export function splitMessage(octets: Buffer): SplitMessage {
  const end = headerEnd(octets);
  const section = octets.subarray(0, Math.min(end, limits.headerOctets));
  return { header: parseHeader(section), body: octets.subarray(end) };
}

function headerEnd(octets: Buffer): number {
  // Text without any header, as some exports make it; a `From ` line is what an mbox left behind.
  if (!/^(?:From |[!-9;-~]+[ \t]*:|\r?\n)/.test(octets.toString('latin1', 0, 200))) return 0;
  if (octets[0] === 0x0a) return 1;
  if (octets[0] === 0x0d && octets[1] === 0x0a) return 2;
  const lf = octets.indexOf('\n\n');
  // Not looked for behind the other: a message of one kind of line ends would be searched to its end for nothing.
  const crlf = (lf < 0 ? octets : octets.subarray(0, lf + 1)).indexOf('\n\r\n');
  if (crlf >= 0) return crlf + 3;
  return lf >= 0 ? lf + 2 : fieldsEnd(octets);
}

/** Where a line is neither a field nor the continuation of one; the length where every line is. */
function fieldsEnd(octets: Buffer): number {
  const section = octets.toString('latin1', 0, limits.headerOctets);
  const other = /\n(?![!-9;-~]+[ \t]*:|[ \t]|\r?\n|>?From )(?=.)/.exec(section);
  return other === null ? octets.length : other.index + 1;
}

function parseHeader(section: Buffer): HeaderSection {
  const fields = new Map<string, string[]>();
  let name = '';
  let value = '';
  const keep = (): void => {
    if (name === '') return;
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value.trim()]);
    else values.push(value.trim());
  };
  // Header octets above 127 are UTF-8 by RFC 6532 and anything by habit.
  for (const line of charsetText(section, null).split(/\r?\n/)) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      value += ` ${line.trimStart()}`;
      continue;
    }
    keep();
    const colon = line.indexOf(':');
    name = colon > 0 ? line.slice(0, colon).trimEnd().toLowerCase() : '';
    value = line.slice(colon + 1);
  }
  keep();
  return fields;
}

export function firstValue(header: HeaderSection, name: string): string {
  return header.get(name)?.[0] ?? '';
}

/**
 * Decodes encoded words (RFC 2047). Neighbours of the same charset are put together before they are decoded: programs
 * cut in the middle of a character, though they must not.
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const joined = text.replaceAll(/\?=\s+(?==\?)/g, '?=');
  const word = /=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=/g;
  let out = '';
  let end = 0;
  let charset = '';
  let octets: Buffer[] = [];
  const flush = (): void => {
    if (octets.length > 0) out += charsetText(Buffer.concat(octets), charset);
    octets = [];
  };
  for (const match of joined.matchAll(word)) {
    const [whole, label = '', encoding = '', content = ''] = match;
    if (match.index > end || label.toLowerCase() !== charset) flush();
    out += joined.slice(end, match.index);
    charset = label.toLowerCase();
    octets.push(
      encoding.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64')
        : quotedPrintable(Buffer.from(content.replaceAll('_', ' '), 'latin1')),
    );
    end = match.index + whole.length;
  }
  flush();
  return out + joined.slice(end);
}

export interface FieldWithParameters {
  /** Lower case: `text/plain`, `attachment`. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const parameterPattern = /;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g;

/** `Content-Type` and its like, with parameters in all the ways of RFC 2231 and of those who never read it. */
export function parseParameters(field: string): FieldWithParameters {
  const semicolon = field.indexOf(';');
  const value = (semicolon < 0 ? field : field.slice(0, semicolon)).trim().toLowerCase();
  if (semicolon < 0) return { value, parameters: new Map() };
  const plain = new Map<string, string>();
  const pieces = new Map<string, { index: number; encoded: boolean; text: string }[]>();
  for (const [, rawName = '', quoted, bare = ''] of field.slice(semicolon).matchAll(parameterPattern)) {
    const text = quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(.)/g, '$1');
    const [, name = '', index, star] = /^([^*]+)(?:\*(\d+))?(\*)?$/.exec(rawName.toLowerCase()) ?? [];
    if (index === undefined && star === undefined) plain.set(name, decodeWords(text));
    else {
      const list = pieces.get(name) ?? [];
      list.push({ index: Number(index ?? 0), encoded: star !== undefined, text });
      pieces.set(name, list);
    }
  }
  for (const [name, list] of pieces) plain.set(name, joinPieces(list));
  return { value, parameters: plain };
}

/** RFC 2231 sections 3 and 4: `charset'language'percent-encoded`, in numbered pieces. The first names the charset. */
function joinPieces(list: { index: number; encoded: boolean; text: string }[]): string {
  const [first, ...rest] = list.sort((a, b) => a.index - b.index);
  if (first === undefined) return '';
  const named = first.encoded ? /^([^']*)'[^']*'(.*)$/s.exec(first.text) : null;
  const pieces = [{ ...first, text: named?.[2] ?? first.text }, ...rest];
  const octets = pieces.map(({ encoded, text }) => {
    if (!encoded) return Buffer.from(text, 'utf8');
    const percents = text.replaceAll('=', '=3D').replaceAll(/%([0-9a-fA-F]{2})/g, '=$1');
    return quotedPrintable(Buffer.from(percents, 'latin1'));
  });
  return charsetText(Buffer.concat(octets), named?.[1] ?? 'utf-8');
}
