/**
 * The content lines of a vCard or iCalendar object without their folds (RFC 5545 section 3.1); empty ones left out. A fold
 * may cut a character in two, so nothing is decoded before they are undone.
 */
export function unfoldLines(octets: Buffer): readonly string[] {
  const unfolded = octets.toString('latin1').replaceAll(/\r?\n[ \t]/g, '');
  return Buffer.from(unfolded, 'latin1')
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter(line => line !== '');
}

/** The property name of a line in upper case, without its group (`item1.EMAIL`). */
export function propertyName(line: string): string {
  return (/^(?:[\w-]+\.)?([\w-]+)/.exec(line)?.[1] ?? '').toUpperCase();
}

/** Where the value begins: behind the first colon that stands in no quotation marks. */
export function valueStart(line: string): number {
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    if (line[index] === '"') quoted = !quoted;
    else if (line[index] === ':' && !quoted) return index + 1;
  }
  return line.length;
}

/** Still escaped, as it stands in the line. */
export function valueOf(line: string): string {
  return line.slice(valueStart(line));
}
