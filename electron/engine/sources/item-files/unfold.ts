import { charsetText } from '../../search/mime/charset-text.ts';

/** A content line with its folds undone, and the line of the file where it begins. */
export interface LogicalLine {
  readonly text: string;
  readonly number: number;
}

/**
 * The content lines of a piece of a file (RFC 5545 section 3.1). Folds may cut a character in two, so that the octets are
 * put together first; each line is UTF-8, or else Windows-1252, by itself.
 */
export function logicalLines(octets: Buffer, firstNumber: number): readonly LogicalLine[] {
  const lines: { text: string; number: number }[] = [];
  for (const [index, raw] of octets.toString('latin1').split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const last = lines.at(-1);
    if (last !== undefined && /^[ \t]/.test(line)) last.text += line.slice(1);
    else if (line !== '') lines.push({ text: line, number: firstNumber + index });
  }
  return lines.map(({ text, number }) => ({ text: charsetText(Buffer.from(text, 'latin1'), null), number }));
}
