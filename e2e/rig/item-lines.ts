/** Content lines for generated items, written apart from the product's own. */

export const two = (value: number): string => String(value).padStart(2, '0');

/** A TEXT value (RFC 5545 section 3.3.11, RFC 6350 section 3.4). */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** Folded at sixty characters, never within one. */
export function contentOctets(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map(line => `${line.replaceAll(/(.{60})(?=.)/gu, '$1\r\n ')}\r\n`).join(''));
}
