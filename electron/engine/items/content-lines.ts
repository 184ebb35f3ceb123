/**
 * Content lines as vCard (RFC 6350 section 3.2) and iCalendar (RFC 5545 section 3.1) share them: CRLF, folded so that
 * no line is longer than 75 octets, never within a character.
 */
export function contentLines(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map(line => `${fold(line)}\r\n`).join(''), 'utf8');
}

const lineOctets = 75;

function fold(line: string): string {
  const lineLength = Buffer.byteLength(line);
  if (lineLength <= lineOctets) return line;
  // A photo is millions of characters, none of which needs a look of its own.
  if (lineLength === line.length) return line.replace(/^.{75}|.{74}/gs, '$&\r\n ').replace(/\r\n $/, '');
  const pieces: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const own = Buffer.byteLength(character);
    if (octets + own > lineOctets) {
      pieces.push(current);
      current = '';
      // The space that marks a continuation counts.
      octets = 1;
    }
    current += character;
    octets += own;
  }
  pieces.push(current);
  return pieces.join('\r\n ');
}

/** A TEXT value (RFC 6350 section 3.4, RFC 5545 section 3.3.11). */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n|\r/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** A parameter value in quotation marks; RFC 6868 keeps the characters that cannot stand there. */
export function quoteParameter(text: string): string {
  const clean = text
    .toWellFormed()
    .replaceAll('^', '^^')
    .replaceAll('"', "^'")
    .replaceAll(/[\r\n]+/g, '^n');
  return `"${clean.replaceAll(/\p{Cc}/gu, ' ')}"`;
}
