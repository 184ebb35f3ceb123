import { contentLines } from '../content-lines.ts';
import { propertyName, unfoldLines, valueOf, valueStart } from '../unfold-lines.ts';

/**
 * The same card for an address book that takes version 3.0 only (RFC 2426). Properties that version 3.0 does not know stay
 * as they are: readers pass over what they do not know, and nothing is lost.
 */
export function asVersion3(octets: Buffer): Buffer {
  const lines = unfoldLines(octets);
  const version = lines.find(line => propertyName(line) === 'VERSION');
  if (version === undefined || valueOf(version).trim() === '3.0') return octets;
  const converted = lines.flatMap(line => converters[propertyName(line)]?.(line) ?? [line]);
  const hasName = converted.some(line => propertyName(line) === 'N');
  const at = converted.findIndex(line => propertyName(line) === 'VERSION') + 1;
  return contentLines([...converted.slice(0, at), ...(hasName ? [] : ['N:;;;;']), ...converted.slice(at)]);
}

const converters: Readonly<Record<string, (line: string) => readonly string[]>> = {
  VERSION: () => ['VERSION:3.0'],
  // RFC 6350 section 6.1.4 came with version 4.0; these are what other programs read lists of contacts from in 3.0.
  KIND: line => [`X-ADDRESSBOOKSERVER-KIND:${valueOf(line)}`],
  MEMBER: line => [`X-ADDRESSBOOKSERVER-MEMBER:${valueOf(line)}`],
  PHOTO: line => [inlinePicture(line)],
  LOGO: line => [inlinePicture(line)],
  TEL: line => [plainNumber(line)],
  BDAY: line => [longDate(line)],
  ANNIVERSARY: line => [`X-ANNIVERSARY:${longDate(line).slice(valueStart(longDate(line)))}`],
};

/** A `data:` address (RFC 2397) becomes an encoded value (RFC 2426 section 3.1.4). */
function inlinePicture(line: string): string {
  const data = /^data:image\/([\w.+-]+)[^,]*;base64,(.*)$/is.exec(valueOf(line));
  if (data === null) return line;
  return `${propertyName(line)};ENCODING=b;TYPE=${(data[1] ?? '').toUpperCase()}:${data[2] ?? ''}`;
}

/** `TEL;VALUE=uri:tel:…` is of version 4.0. */
function plainNumber(line: string): string {
  const start = valueStart(line);
  const head = line.slice(0, start).replace(/;VALUE=(?:"uri"|uri|text)/i, '');
  return `${head}${line.slice(start).replace(/^tel:/i, '')}`;
}

/** `19701225` as `1970-12-25`; a day without a year stays, as text. */
function longDate(line: string): string {
  const name = propertyName(line);
  const value = valueOf(line).trim();
  const day = /^(\d{4})(\d\d)(\d\d)(?:T.*)?$/.exec(value);
  if (day !== null) return `${name}:${day[1]}-${day[2]}-${day[3]}`;
  return /^\d{4}-\d\d-\d\d/.test(value) ? `${name}:${value}` : `${name};VALUE=text:${value}`;
}
