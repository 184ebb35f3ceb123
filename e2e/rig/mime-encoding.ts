/** The few MIME encodings generated mail needs. Written apart from the product's, so that neither hides the other. */

/** RFC 2047 encoded words, each within the 75 characters of section 2, folded; plain ASCII stays as it is. */
export function encodedWords(text: string, encoding: 'B' | 'Q'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  // Whole characters only (section 5). Ten are at most 40 octets, 56 in base64; four are at most 48 characters in Q.
  const size = encoding === 'B' ? 10 : 4;
  const characters = Array.from(text);
  const words: string[] = [];
  for (let at = 0; at < characters.length; at += size) {
    const octets = Buffer.from(characters.slice(at, at + size).join(''));
    const encoded =
      encoding === 'B'
        ? octets.toString('base64')
        : [...octets].map(octet => (isQSafe(octet) ? String.fromCharCode(octet) : hex(octet, '='))).join('');
    words.push(`=?UTF-8?${encoding}?${encoded}?=`);
  }
  return words.join('\r\n ');
}

/** RFC 2231 for a parameter value that is not ASCII, a quoted string otherwise. */
export function parameter(name: string, value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `${name}="${value.replaceAll(/["\\]/g, '\\$&')}"`;
  const encoded = [...Buffer.from(value)].map(octet =>
    /[A-Za-z0-9._-]/.test(String.fromCharCode(octet)) ? String.fromCharCode(octet) : hex(octet, '%'),
  );
  return `${name}*=UTF-8''${encoded.join('')}`;
}

/** RFC 2045 section 6.7, lines of at most 76 characters. Line ends of `text` must be CRLF. */
export function quotedPrintable(text: string, charset: 'utf8' | 'latin1'): string {
  return text
    .split('\r\n')
    .map(line => softBroken([...Buffer.from(line, charset)]))
    .join('\r\n');
}

function softBroken(octets: readonly number[]): string {
  const lines: string[] = [];
  let line = '';
  octets.forEach((octet, index) => {
    const blankAtEnd = (octet === 0x20 || octet === 0x09) && index === octets.length - 1;
    const plain = octet >= 0x20 && octet <= 0x7e && octet !== 0x3d && !blankAtEnd;
    const piece = plain ? String.fromCharCode(octet) : hex(octet, '=');
    if (line.length + piece.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  });
  return [...lines, line].join('\r\n');
}

/** Base64 in lines of 76 characters, each ended by CRLF. */
export function base64Lines(octets: Buffer): string {
  return octets.toString('base64').replaceAll(/.{1,76}/g, '$&\r\n');
}

function isQSafe(octet: number): boolean {
  return /[A-Za-z0-9]/.test(String.fromCharCode(octet));
}

function hex(octet: number, mark: '=' | '%'): string {
  return mark + octet.toString(16).toUpperCase().padStart(2, '0');
}
