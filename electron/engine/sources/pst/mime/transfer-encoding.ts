export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64';

const lineLimit = 76;
/** 57 octets make 76 characters of base64 (RFC 2045 section 6.8). */
const base64Line = 57;
/** Enough lines at once that the cost per piece does not count. */
const base64Chunk = base64Line * 512;

/** Text with the line ends of a message (RFC 2046 section 4.1.1): CRLF, whatever they were. */
export function canonicalLines(octets: Buffer): Buffer {
  return Buffer.from(octets.toString('latin1').replaceAll(/\r\n|\r|\n/g, '\r\n'), 'latin1');
}

/** The encoding that keeps a text readable at least cost. */
export function encodingFor(text: Buffer): TransferEncoding {
  let eightBit = 0;
  let line = 0;
  let longest = 0;
  let control = false;
  for (const octet of text) {
    if (octet >= 0x80) eightBit++;
    if (octet === 0 || (octet < 0x20 && octet !== 0x09 && octet !== 0x0a && octet !== 0x0d)) control = true;
    line = octet === 0x0a ? 0 : line + 1;
    longest = Math.max(longest, line);
  }
  if (eightBit === 0 && !control && longest <= 990) return '7bit';
  return eightBit * 3 > text.length ? 'base64' : 'quoted-printable';
}

export function encodeText(text: Buffer, encoding: TransferEncoding): Buffer {
  switch (encoding) {
    case '7bit':
      return text;
    case 'quoted-printable':
      return encodeQuotedPrintable(text);
    case 'base64':
      return Buffer.from(base64Lines(text), 'latin1');
  }
}

const hexDigits = Buffer.from('0123456789ABCDEF', 'latin1');
const octet = { tab: 0x09, lf: 0x0a, cr: 0x0d, space: 0x20, dot: 0x2e, equals: 0x3d, capitalF: 0x46 };

/** RFC 2045 section 6.7. The text has CRLF line ends, which stay line ends. Works on octets: bodies are large. */
export function encodeQuotedPrintable(text: Buffer): Buffer {
  // At worst every octet takes three, and each 75 of them a soft line break.
  const out = Buffer.allocUnsafe(Math.ceil(text.length * 3 * 1.05) + 8);
  let at = 0;
  let column = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text[i] ?? 0;
    if (code === octet.cr && text[i + 1] === octet.lf) {
      out[at++] = octet.cr;
      out[at++] = octet.lf;
      i++;
      column = 0;
      continue;
    }
    const plain = isLiteral(text, i, code, column);
    if (column + (plain ? 1 : 3) > lineLimit - 1) {
      out[at++] = octet.equals;
      out[at++] = octet.cr;
      out[at++] = octet.lf;
      column = 0;
    }
    if (plain) {
      out[at++] = code;
      column++;
    } else {
      out[at++] = octet.equals;
      out[at++] = hexDigits[code >> 4] ?? 0;
      out[at++] = hexDigits[code & 0x0f] ?? 0;
      column += 3;
    }
  }
  return out.subarray(0, at);
}

function isLiteral(text: Buffer, index: number, code: number, column: number): boolean {
  if (code === octet.space || code === octet.tab) {
    const next = text[index + 1];
    return next !== undefined && !(next === octet.cr && text[index + 2] === octet.lf);
  }
  if (code < 0x21 || code > 0x7e || code === octet.equals) return false;
  // `From ` at the start of a line is quoted by mbox writers, and a lone dot by SMTP: neither must alter the text.
  if (column > 0) return true;
  return code !== octet.dot && !(code === octet.capitalF && text.toString('latin1', index, index + 5) === 'From ');
}

function base64Lines(octets: Buffer): string {
  return octets.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n');
}

/** Base64 of a stream of any length, in lines of 76, without a line end at the end. */
export async function* encodeBase64(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const piece of pieces) {
    let pending = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    while (pending.length > base64Chunk) {
      yield line(pending.subarray(0, base64Chunk));
      pending = pending.subarray(base64Chunk);
    }
    rest = pending;
  }
  if (rest.length > 0) yield line(rest);

  function line(octets: Buffer): Buffer {
    const text = (started ? '\r\n' : '') + base64Lines(octets);
    started = true;
    return Buffer.from(text, 'latin1');
  }
}
