export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64';

const lineLimit = 76;
/** 57 octets make 76 characters of base64 (RFC 2045 section 6.8). */
const base64Line = 57;
/** Enough lines at once that the cost per piece does not count. */
const base64Chunk = base64Line * 512;

/** Text with the line ends of a message (RFC 2046 section 4.1.1): CRLF, whatever they were. */
export function canonicalLines(octets: Buffer): Buffer {
  if (isCanonical(octets)) return octets;
  return Buffer.from(octets.toString('latin1').replaceAll(/\r\n|\r|\n/g, '\r\n'), 'latin1');
}

function isCanonical(octets: Buffer): boolean {
  for (let at = octets.indexOf(0x0a); at >= 0; at = octets.indexOf(0x0a, at + 1))
    if (octets[at - 1] !== 0x0d) return false;
  for (let at = octets.indexOf(0x0d); at >= 0; at = octets.indexOf(0x0d, at + 1))
    if (octets[at + 1] !== 0x0a) return false;
  return true;
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
      return base64Lines(text);
  }
}

const hexDigits = Buffer.from('0123456789ABCDEF', 'latin1');
const octet = { tab: 0x09, lf: 0x0a, cr: 0x0d, space: 0x20, dot: 0x2e, equals: 0x3d, capitalF: 0x46 };

/** RFC 2045 section 6.7. The text has CRLF line ends, which stay line ends. Works on octets: bodies are large. */
export function encodeQuotedPrintable(text: Buffer): Buffer {
  let special = 0;
  for (const code of text) if (code < 0x21 || code > 0x7e || code === octet.equals) special++;
  // At most: three octets for each special one, two for a guarded line start, three for the break of each line of 73.
  const out = Buffer.allocUnsafe(Math.ceil((text.length + 2 * special) * 1.1) + 16);
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

function base64Lines(octets: Buffer): Buffer {
  const encoded = Buffer.from(octets.toString('base64'), 'latin1');
  const breaks = Math.max(0, Math.ceil(encoded.length / lineLimit) - 1);
  const out = Buffer.allocUnsafe(encoded.length + 2 * breaks);
  let at = 0;
  for (let from = 0; from < encoded.length; from += lineLimit) {
    if (from > 0) {
      out[at++] = octet.cr;
      out[at++] = octet.lf;
    }
    at += encoded.copy(out, at, from, from + lineLimit);
  }
  return out;
}

/** Base64 of a stream of any length, in lines of 76, without a line end at the end. */
export async function* encodeBase64(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const lineEnd = Buffer.from('\r\n', 'latin1');
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const piece of pieces) {
    const pending = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    // Whole lines go, and one octet at least stays: only then a line end can follow them.
    const whole = Math.floor(Math.max(0, pending.length - 1) / base64Line) * base64Line;
    for (let at = 0; at < whole; at += base64Chunk) {
      if (started) yield lineEnd;
      started = true;
      yield base64Lines(pending.subarray(at, Math.min(whole, at + base64Chunk)));
    }
    rest = pending.subarray(whole);
  }
  if (rest.length === 0) return;
  if (started) yield lineEnd;
  yield base64Lines(rest);
}
