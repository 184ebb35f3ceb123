import type { MessageTraits } from '../../../shared/model/message.ts';

const LF = 0x0a;
const CR = 0x0d;
/** RFC 5322 section 2.1.1: lines longer than this are not legal mail, and some servers refuse them. */
const legalLine = 998;

/**
 * Notes what other servers may refuse (`MessageTraits`) while a message's octets pass by in pieces. Looks at a line's
 * end about once in 998 octets instead of at every line, so that it costs next to nothing beside the hash.
 */
export class OctetScanner {
  private size = 0;
  private nul = false;
  private eightBitHeader = false;
  private inHeader = true;
  /** Octets since the last LF, and whether the last octet seen was a CR: it may belong to a coming LF. */
  private lineLength = 0;
  private endsWithCr = false;
  private longest = 0;
  /**
   * The last octets of the header seen so far, where the blank line may be split between two pieces. Begins with a line
   * end, because a message may begin with the blank line and have no header at all.
   */
  private headerTail = Buffer.from('\n');

  push(piece: Buffer): void {
    if (piece.length === 0) return;
    this.size += piece.length;
    if (!this.nul) this.nul = piece.includes(0);
    if (this.inHeader) this.scanHeader(piece);
    this.scanLines(piece);
  }

  /** Octets seen. */
  get octets(): number {
    return this.size;
  }

  traits(): MessageTraits {
    const longest = Math.max(this.longest, this.lineLength);
    return {
      ...(longest > legalLine ? { longestLine: longest } : {}),
      ...(this.nul ? { nul: true } : {}),
      ...(this.eightBitHeader ? { eightBitHeader: true } : {}),
    };
  }

  private scanHeader(piece: Buffer): void {
    const end = headerEnd(this.headerTail, piece);
    const header = end === null ? piece : piece.subarray(0, end);
    if (!this.eightBitHeader) this.eightBitHeader = header.some(octet => octet > 0x7f);
    this.inHeader = end === null;
    this.headerTail = Buffer.from(
      this.inHeader ? Buffer.concat([this.headerTail, piece.subarray(-3)]).subarray(-3) : '',
    );
  }

  private scanLines(piece: Buffer): void {
    let lineStart = -this.lineLength;
    let position = 0;
    while (position < piece.length) {
      const horizon = lineStart + legalLine + 1;
      // Any LF up to the horizon proves that the lines before it were legal.
      const within = horizon >= position ? piece.lastIndexOf(LF, Math.min(horizon, piece.length - 1)) : -1;
      const lineEnd = within >= position ? within : piece.indexOf(LF, position);
      if (lineEnd < 0) break;
      if (within < position) {
        const before = lineEnd > 0 ? piece[lineEnd - 1] === CR : this.endsWithCr;
        this.longest = Math.max(this.longest, lineEnd - lineStart - (before ? 1 : 0));
      }
      lineStart = lineEnd + 1;
      position = lineStart;
    }
    this.lineLength = piece.length - lineStart;
    this.endsWithCr = piece[piece.length - 1] === CR;
  }
}

/** Where in `piece` the header is over (behind the blank line), given the octets just before it; null if it is not. */
function headerEnd(before: Buffer, piece: Buffer): number | null {
  const seam = Buffer.concat([before, piece.subarray(0, 4)]);
  const acrossSeam = blankLine(seam);
  if (acrossSeam !== null) return Math.max(0, acrossSeam - before.length);
  return blankLine(piece);
}

function blankLine(octets: Buffer): number | null {
  const crlf = octets.indexOf('\n\r\n');
  const lf = octets.indexOf('\n\n');
  if (crlf < 0 && lf < 0) return null;
  return crlf >= 0 && (lf < 0 || crlf < lf) ? crlf + 3 : lf + 2;
}
