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
  return eightBit * 4 > text.length ? 'base64' : 'quoted-printable';
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

/** RFC 2045 section 6.7. The text has CRLF line ends, which stay line ends. */
export function encodeQuotedPrintable(text: Buffer): Buffer {
  const lines = text.toString('latin1').split('\r\n');
  return Buffer.from(lines.map(quotedLine).join('\r\n'), 'latin1');
}

function quotedLine(line: string): string {
  const out: string[] = [];
  let length = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    const last = i === line.length - 1;
    const literal = (code >= 0x21 && code <= 0x7e && code !== 0x3d) || ((code === 0x20 || code === 0x09) && !last);
    // `From ` at the start of a line is quoted by mbox writers, and a lone dot by SMTP: neither must alter the text.
    const safe = literal && !(length === 0 && (code === 0x2e || (code === 0x46 && line.startsWith('From ', i))));
    const form = safe ? line.charAt(i) : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
    if (length + form.length > lineLimit - 1) {
      out.push('=\r\n');
      length = 0;
    }
    out.push(form);
    length += form.length;
  }
  return out.join('');
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
