import { isAscii } from 'node:buffer';
import type { OctetBuilder } from './octet-builder.ts';

export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64';

const lineLimit = 76;
/** 57 octets make 76 characters of base64 (RFC 2045 section 6.8). */
const base64Line = 57;
/** Enough that the cost per stretch does not count. */
const linesAtOnce = 512;

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
  if (isAscii(text)) return longestLine(text) <= 990 && !hasControls(text) ? '7bit' : 'quoted-printable';
  let eightBit = 0;
  // By index: a loop over the octets themselves takes several times as long.
  for (let i = 0; i < text.length; i++) eightBit += (text[i] ?? 0) >> 7;
  return eightBit * 3 > text.length ? 'base64' : 'quoted-printable';
}

function longestLine(text: Buffer): number {
  let longest = 0;
  let start = 0;
  for (let end = text.indexOf(octet.lf); end >= 0; end = text.indexOf(octet.lf, start)) {
    longest = Math.max(longest, end - start);
    start = end + 1;
  }
  return Math.max(longest, text.length - start);
}

function hasControls(text: Buffer): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text[i] ?? 0;
    if (code < octet.space && code !== octet.tab && code !== octet.lf && code !== octet.cr) return true;
  }
  return false;
}

export function writeText(text: Buffer, encoding: TransferEncoding, out: OctetBuilder): void {
  switch (encoding) {
    case '7bit':
      out.octets(text);
      return;
    case 'quoted-printable':
      writeQuotedPrintable(text, out);
      return;
    case 'base64':
      writeBase64Lines(text, 0, text.length, out);
  }
}

const hexDigits = Buffer.from('0123456789ABCDEF', 'latin1');
const octet = { tab: 0x09, lf: 0x0a, cr: 0x0d, space: 0x20, dot: 0x2e, equals: 0x3d, capitalF: 0x46 };

/** 1 for octets that stand for themselves wherever they are (RFC 2045 section 6.7 rule 2). */
const literal = Uint8Array.from({ length: 256 }, (_, code) =>
  code > 0x20 && code < 0x7f && code !== octet.equals && code !== octet.dot && code !== octet.capitalF ? 1 : 0,
);

/** RFC 2045 section 6.7. The text has CRLF line ends, which stay line ends. Works on octets: bodies are large. */
export function writeQuotedPrintable(text: Buffer, out: OctetBuilder): void {
  let special = 0;
  for (let i = 0; i < text.length; i++) special += 1 - (literal[text[i] ?? 0] ?? 0);
  // At most: three octets for each special one, three for the break of each line of 73.
  out.room(Math.ceil((text.length + 2 * special) * 1.1) + 16);
  const { memory } = out;
  let at = out.end;
  let column = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text[i] ?? 0;
    if (literal[code] === 1 && column < lineLimit - 1) {
      memory[at++] = code;
      column++;
      continue;
    }
    if (code === octet.cr && text[i + 1] === octet.lf) {
      memory[at++] = octet.cr;
      memory[at++] = octet.lf;
      i++;
      column = 0;
      continue;
    }
    const plain = isLiteral(text, i, code, column);
    if (column + (plain ? 1 : 3) > lineLimit - 1) {
      memory[at++] = octet.equals;
      memory[at++] = octet.cr;
      memory[at++] = octet.lf;
      column = 0;
    }
    if (plain) {
      memory[at++] = code;
      column++;
    } else {
      memory[at++] = octet.equals;
      memory[at++] = hexDigits[code >> 4] ?? 0;
      memory[at++] = hexDigits[code & 0x0f] ?? 0;
      column += 3;
    }
  }
  out.end = at;
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

const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');

/** Whole lines of 76 (RFC 2045 section 6.8), without a line end at the end. By octet: no string on the way. */
function writeBase64Lines(octets: Buffer, from: number, to: number, out: OctetBuilder): void {
  out.room(Math.ceil((to - from) / base64Line) * (lineLimit + 2));
  const { memory } = out;
  let at = out.end;
  const whole = to - ((to - from) % 3);
  let lineEnd = from + base64Line;
  for (let i = from; i < whole; i += 3) {
    if (i === lineEnd) {
      memory[at++] = octet.cr;
      memory[at++] = octet.lf;
      lineEnd += base64Line;
    }
    const bits = ((octets[i] ?? 0) << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    memory[at++] = alphabet[bits >> 18] ?? 0;
    memory[at++] = alphabet[(bits >> 12) & 0x3f] ?? 0;
    memory[at++] = alphabet[(bits >> 6) & 0x3f] ?? 0;
    memory[at++] = alphabet[bits & 0x3f] ?? 0;
  }
  if (whole < to) {
    if (whole === lineEnd) {
      memory[at++] = octet.cr;
      memory[at++] = octet.lf;
    }
    at += memory.write(octets.toString('base64', whole, to), at, 'latin1');
  }
  out.end = at;
}

/** Base64 of a stream of any length, in lines of 76, without a line end at the end. Yields as `out` fills up. */
export function* writeBase64(pieces: Iterable<Buffer>, out: OctetBuilder): Generator<Buffer> {
  const carried = Buffer.allocUnsafe(base64Line);
  let held = 0;
  let started = false;
  const lineEnd = (): void => {
    if (started) out.text('\r\n');
    started = true;
  };
  for (const piece of pieces) {
    // A line goes when its last octet is here: lines do not depend on how the stream was cut.
    let from = 0;
    if (held > 0) {
      from = piece.copy(carried, held, 0, base64Line - held);
      held += from;
      if (held < base64Line) continue;
      lineEnd();
      writeBase64Lines(carried, 0, held, out);
    }
    while (piece.length - from >= base64Line) {
      const lines = Math.min(linesAtOnce, Math.floor((piece.length - from) / base64Line));
      lineEnd();
      writeBase64Lines(piece, from, from + lines * base64Line, out);
      from += lines * base64Line;
      if (out.isFull) yield out.take();
    }
    held = piece.copy(carried, 0, from);
  }
  if (held === 0) return;
  lineEnd();
  writeBase64Lines(carried, 0, held, out);
}
