import ICAL from 'ical.js';
import { propertyName, unfoldLines, valueStart } from '../unfold-lines.ts';

/** Whose semicolons stand between pieces; ical.js reads them as lists. */
const structured: ReadonlySet<string> = new Set(['N', 'ADR', 'ORG']);

/**
 * The first vCard of a file, 3.0 or 4.0. Throws when it cannot be parsed. RFC 6350 section 3.4 lets every semicolon of a
 * text be escaped, and programs do; ical.js leaves the backslash there, before the eyes of people.
 */
export function parseCard(octets: Buffer): ICAL.Component {
  const lines = unfoldLines(octets).map(line => (line.includes('\\;') ? withPlainSemicolons(line) : line));
  const trees = ICAL.parse(lines.join('\r\n')) as unknown[];
  const first = Array.isArray(trees[0]) ? trees[0] : trees;
  return new ICAL.Component(first as ConstructorParameters<typeof ICAL.Component>[0]);
}

function withPlainSemicolons(line: string): string {
  if (structured.has(propertyName(line))) return line;
  const start = valueStart(line);
  const value = line.slice(start).replaceAll(/\\(.)/gs, (escape, escaped: string) => (escaped === ';' ? ';' : escape));
  return line.slice(0, start) + value;
}
