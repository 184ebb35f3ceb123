import { escapeText } from '../content-lines.ts';
import type { VcardVersion } from './read-vcard.ts';

/** A value without its escapes. vCard 2.1 escapes nothing but the semicolon; a backslash of its is one. */
export function plainValue(value: string, version: VcardVersion): string {
  if (version === '2.1') return value.replaceAll('\\;', ';').replaceAll(/\r\n?/g, '\n');
  return value.replaceAll(/\\(.)/gs, (_, escaped: string) => (/^n$/i.test(escaped) ? '\n' : escaped));
}

/** The pieces of a value between separators that are meant as such; still escaped. */
export function splitEscaped(value: string, separator: ';' | ','): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === separator) {
      pieces.push(value.slice(start, at));
      start = at + 1;
    }
  }
  return [...pieces, value.slice(start)];
}

/** One piece of text in the form of vCard 4.0. */
export function textValue(value: string, version: VcardVersion): string {
  return escapeText(plainValue(value, version));
}

/** `N`, `ADR`: pieces between semicolons, each of which may be a list with commas (RFC 6350 section 6.2.2). */
export function structuredValue(value: string, version: VcardVersion): string {
  return splitEscaped(value, ';')
    .map(piece => (version === '2.1' ? textValue(piece, version) : listValue(piece, version)))
    .join(';');
}

/** `NICKNAME`, `CATEGORIES`: vCard 2.1 has semicolons between them, or commas. */
export function listValue(value: string, version: VcardVersion): string {
  const commas = version === '2.1' ? splitEscaped(value, ';').join(',') : value;
  return splitEscaped(commas, ',')
    .map(piece => textValue(piece.trim(), version))
    .join(',');
}
