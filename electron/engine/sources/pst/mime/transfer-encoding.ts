import type { OctetBuilder } from './octet-builder.ts';

export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64';

const lineLimit = 76;
/** 57 octets make 76 characters of base64 (RFC 2045 section 6.8). */
const base64Line = 57;
/** Enough that the cost per stretch does not count. */
const linesAtOnce = 512;
/** RFC 5322 section 2.1.1 allows 998. */
const longestPlainLine = 990;
const octet = { tab: 0x09, lf: 0x0a, cr: 0x0d, space: 0x20, dot: 0x2e, equals: 0x3d, capitalF: 0x46 };
const crlf = Buffer.from('\r\n', 'latin1');

/** A text with the line ends of a message (RFC 2046 section 4.1.1), and the encoding that keeps it readable at least cost. */
export interface FormedText {
  readonly text: Buffer;
  readonly encoding: TransferEncoding;
}

/** CRLF, whatever the line ends were. */
export function formText(octets: Buffer): FormedText {
  const encoding = encodingOf(octets);
  if (encoding !== null) return { text: octets, encoding };
  const text = Buffer.from(octets.toString('latin1').replaceAll(/\r\n|\r|\n/g, '\r\n'), 'latin1');
  return { text, encoding: encodingOf(text) ?? 'base64' };
}

/** Null where a line ends otherwise than in CRLF. All that is asked of a text in one pass: bodies are large. */
function encodingOf(text: Buffer): TransferEncoding | null {
  let eightBit = 0;
  let controls = false;
  let longest = 0;
  let lineStart = 0;
  // By index: a loop over the octets themselves takes several times as long.
  for (let i = 0; i < text.length; i++) {
    const code = text[i] ?? 0;
    if (code >= octet.space && code < 0x80) continue;
    if (code >= 0x80) eightBit++;
    else if (code === octet.lf) {
      if (text[i - 1] !== octet.cr) return null;
      longest = Math.max(longest, i - lineStart);
      lineStart = i + 1;
    } else if (code === octet.cr) {
      if (text[i + 1] !== octet.lf) return null;
    } else if (code !== octet.tab) controls = true;
  }
  if (eightBit * 3 > text.length) return 'base64';
  longest = Math.max(longest, text.length - lineStart);
  return eightBit === 0 && longest <= longestPlainLine && !controls ? '7bit' : 'quoted-printable';
}

export function writeText({ text, encoding }: FormedText, out: OctetBuilder): void {
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

/** How octets stand for themselves (RFC 2045 section 6.7 rule 2): everywhere, behind the start of a line, before its end. */
const stands = { never: 0, always: 1, inside: 2, beforeText: 3 } as const;
const standing = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code === octet.space || code === octet.tab) return stands.beforeText;
  if (code < 0x21 || code > 0x7e || code === octet.equals) return stands.never;
  // `From ` at the start of a line is quoted by mbox writers, and a lone dot by SMTP: neither must alter the text.
  return code === octet.dot || code === octet.capitalF ? stands.inside : stands.always;
});

/** Octets of text that are written before room is asked for again. */
const textAtOnce = 2048;

/** RFC 2045 section 6.7. The text has CRLF line ends, which stay line ends. Works on octets: bodies are large. */
export function writeQuotedPrintable(text: Buffer, out: OctetBuilder): void {
  let column = 0;
  for (let i = 0; i < text.length;) {
    // At most three octets for each, and three for the break of each line of 73.
    out.room(textAtOnce * 4);
    const { memory } = out;
    let at = out.end;
    const until = Math.min(text.length, i + textAtOnce);
    while (i < until) {
      const code = text[i] ?? 0;
      const kind = standing[code] ?? stands.never;
      if (column < lineLimit - 1) {
        if (
          kind === stands.always ||
          (kind === stands.inside && column > 0) ||
          (kind === stands.beforeText && i + 1 < text.length && text[i + 1] !== octet.cr)
        ) {
          memory[at++] = code;
          column++;
          i++;
          continue;
        }
      }
      if (code === octet.cr && text[i + 1] === octet.lf) {
        memory[at++] = octet.cr;
        memory[at++] = octet.lf;
        i += 2;
        column = 0;
        continue;
      }
      const plain = isPlainAt(text, i, kind, column);
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
      i++;
    }
    out.end = at;
  }
}

function isPlainAt(text: Buffer, index: number, kind: number, column: number): boolean {
  switch (kind) {
    case stands.always:
      return true;
    case stands.inside:
      return column > 0 || (text[index] === octet.capitalF && text.toString('latin1', index, index + 5) !== 'From ');
    case stands.beforeText: {
      const next = text[index + 1];
      return next !== undefined && !(next === octet.cr && text[index + 2] === octet.lf);
    }
    default:
      return false;
  }
}

const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
/** Two characters at once, as they stand in memory, for twelve bits. */
const pairs = new Uint16Array(4096);
const pairOctets = new Uint8Array(pairs.buffer);
for (let bits = 0; bits < pairs.length; bits++) {
  pairOctets[2 * bits] = alphabet[bits >> 6] ?? 0;
  pairOctets[2 * bits + 1] = alphabet[bits & 0x3f] ?? 0;
}
const [lineEndPair = 0] = new Uint16Array(Uint8Array.of(octet.cr, octet.lf).buffer);
/** Lines are put together here, since those in the builder may begin at odd places. */
const lineWords = new Uint16Array((linesAtOnce * (lineLimit + 2)) / 2);
const lineOctets = Buffer.from(lineWords.buffer);

/** Whole lines of 76 (RFC 2045 section 6.8), without a line end at the end. By octet: no string on the way. */
function writeBase64Lines(octets: Buffer, from: number, to: number, out: OctetBuilder): void {
  for (let start = from; start < to; start += linesAtOnce * base64Line) {
    if (start > from) out.octets(crlf);
    writeSomeLines(octets, start, Math.min(to, start + linesAtOnce * base64Line), out);
  }
}

function writeSomeLines(octets: Buffer, from: number, to: number, out: OctetBuilder): void {
  const whole = to - ((to - from) % 3);
  let word = 0;
  let lineEnd = from + base64Line;
  for (let i = from; i < whole; i += 3) {
    if (i === lineEnd) {
      lineWords[word++] = lineEndPair;
      lineEnd += base64Line;
    }
    const bits = ((octets[i] ?? 0) << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    lineWords[word++] = pairs[bits >> 12] ?? 0;
    lineWords[word++] = pairs[bits & 0xfff] ?? 0;
  }
  if (whole < to && whole === lineEnd) lineWords[word++] = lineEndPair;
  out.octets(lineOctets.subarray(0, 2 * word));
  if (whole < to) out.text(octets.toString('base64', whole, to));
}

/** Base64 of a stream of any length, in lines of 76, without a line end at the end. Yields as `out` fills up. */
export function* writeBase64(pieces: Iterable<Buffer>, out: OctetBuilder): Generator<Buffer> {
  const carried = Buffer.allocUnsafe(base64Line);
  let held = 0;
  let started = false;
  const lineEnd = (): void => {
    if (started) out.octets(crlf);
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
