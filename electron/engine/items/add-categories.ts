import { contentLines, escapeText } from './content-lines.ts';
import { parseCalendars } from './parse-calendar.ts';

/**
 * The calendar with these words as CATEGORIES of everything in it, every other octet as it was. Words that stand in it
 * already are not said again. One that cannot be parsed stays as it is.
 */
export function addCategories(octets: Buffer, names: readonly string[]): Buffer {
  if (names.length === 0) return octets;
  let there: ReadonlySet<string>;
  try {
    const components = parseCalendars(octets.toString('utf8')).flatMap(each => each.getAllSubcomponents());
    const said = components
      .flatMap(each => each.getAllProperties('categories'))
      .flatMap(each => each.getValues().map(String));
    there = new Set(said);
  } catch {
    return octets;
  }
  const missing = names.filter(name => !there.has(name));
  if (missing.length === 0) return octets;
  // RFC 5545 section 3.6.1: CATEGORIES may stand more than once, and anywhere in the component.
  const line = contentLines([`CATEGORIES:${missing.map(escapeText).join(',')}`]).toString('latin1');
  const text = octets.toString('latin1').replace(/^BEGIN:(?:VEVENT|VTODO)[ \t]*\r?\n/gim, begin => begin + line);
  return Buffer.from(text, 'latin1');
}
