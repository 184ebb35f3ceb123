/**
 * mboxrd quoting: inside an mbox every line that matches `^>*From ` gets one more `>` in front, and loses one when read
 * back. It is the only mbox dialect that can be undone for every message (mboxo cannot tell `>From` from `From`).
 *
 * A line begins at the first octet and after each LF. Both directions work on pieces of any size: what a piece leaves
 * undecided is at most the five octets of `From `, because an added or dropped `>` may stand anywhere in a run of them.
 */

const LF = 0x0a;
const GT = 0x3e;
const FROM = Buffer.from('From ');
const LF_FROM = Buffer.from('\nFrom ');
const LF_GT = Buffer.from('\n>');
const QUOTE = Buffer.from('>');

/** Where in a line a stream of octets stands, as far as `>*From ` can still come true. */
type LinePosition =
  /** Nothing but `>` since the line began; `matched` octets of `From ` behind them. */
  { readonly open: true; readonly matched: number } | { readonly open: false };

const closed: LinePosition = { open: false };

/** Adds the quotes. Feed every piece to `push`, then call `end`. */
export class MboxrdQuoter {
  private position: LinePosition = { open: true, matched: 0 };

  push(piece: Buffer): Buffer[] {
    const out: Buffer[] = [];
    let start = this.finishOpenLine(piece, out);
    if (start === piece.length) return out;

    let from = piece.indexOf(LF_FROM, start);
    let quoted = piece.indexOf(LF_GT, start);
    let copied = start;
    while (from >= 0 || quoted >= 0) {
      let insertAt: number;
      if (from >= 0 && (quoted < 0 || from < quoted)) {
        insertAt = from + 1;
        start = insertAt;
        from = piece.indexOf(LF_FROM, start);
      } else {
        let end = quoted + 1;
        while (piece[end] === GT) end += 1;
        insertAt = isFromAt(piece, end) ? end : -1;
        start = end;
        quoted = piece.indexOf(LF_GT, start);
      }
      if (insertAt >= 0) {
        out.push(piece.subarray(copied, insertAt), QUOTE);
        copied = insertAt;
      }
    }
    const held = this.beginLastLine(piece);
    out.push(piece.subarray(copied, piece.length - held));
    return out;
  }

  /** The octets still held back. */
  end(): Buffer {
    return this.position.open ? FROM.subarray(0, this.position.matched) : Buffer.alloc(0);
  }

  /** Decides the line that the pieces before left open. Returns how many octets of `piece` it consumed. */
  private finishOpenLine(piece: Buffer, out: Buffer[]): number {
    let position = this.position;
    let index = 0;
    while (position.open && index < piece.length) {
      const octet = piece[index];
      if (octet === GT && position.matched === 0) {
        index += 1;
      } else if (octet === FROM[position.matched]) {
        index += 1;
        if (position.matched + 1 < FROM.length) {
          position = { open: true, matched: position.matched + 1 };
          continue;
        }
        out.push(piece.subarray(0, Math.max(0, index - FROM.length)), QUOTE, FROM);
        this.position = closed;
        return index;
      } else {
        const heldBefore = this.position.open ? this.position.matched : 0;
        if (heldBefore > 0) out.push(FROM.subarray(0, heldBefore));
        this.position = closed;
        return 0;
      }
    }
    if (!position.open) return 0;
    // The whole piece was `>` and the beginning of `From `: still undecided. Octets held before go on being held
    // unless this piece began with more `>`, which cannot be: `>` is only met while nothing is matched.
    const heldHere = Math.min(position.matched, piece.length);
    out.push(piece.subarray(0, piece.length - heldHere));
    this.position = position;
    return piece.length;
  }

  /** Looks at the unfinished last line. Returns how many of its octets must wait for the next piece. */
  private beginLastLine(piece: Buffer): number {
    const lineStart = piece.lastIndexOf(LF) + 1;
    if (lineStart === 0) return 0;
    let index = lineStart;
    while (piece[index] === GT) index += 1;
    const rest = piece.length - index;
    const open = rest < FROM.length && piece.subarray(index).equals(FROM.subarray(0, rest));
    this.position = open ? { open: true, matched: rest } : closed;
    return open ? rest : 0;
  }
}

/** Takes the quotes away again. Feed every piece to `push`, then call `end`. */
export class MboxrdUnquoter {
  /** `run`: the line so far is this many `>` (one of them held back) and `matched` octets of `From `, held back too. */
  private state: { readonly open: true; readonly run: boolean; readonly matched: number } | { readonly open: false } = {
    open: true,
    run: false,
    matched: 0,
  };

  push(piece: Buffer): Buffer[] {
    const out: Buffer[] = [];
    let index = 0;
    while (index < piece.length) {
      if (!this.state.open) {
        const next = piece.indexOf(LF_GT, index);
        if (next < 0) {
          out.push(piece.subarray(index));
          // Only a line end as the very last octet leaves the next piece at the start of a line.
          if (piece[piece.length - 1] === LF) this.state = { open: true, run: false, matched: 0 };
          return out;
        }
        out.push(piece.subarray(index, next + 1));
        index = next + 1;
        this.state = { open: true, run: false, matched: 0 };
        continue;
      }
      index = this.stepOpenLine(piece, index, out);
    }
    return out;
  }

  end(): Buffer {
    if (!this.state.open) return Buffer.alloc(0);
    return Buffer.concat([this.state.run ? QUOTE : Buffer.alloc(0), FROM.subarray(0, this.state.matched)]);
  }

  /** Consumes at least one octet of a line that may still be a quoted `From `, or closes the line and consumes none. */
  private stepOpenLine(piece: Buffer, index: number, out: Buffer[]): number {
    if (!this.state.open) return index;
    const { run, matched } = this.state;
    const octet = piece[index];
    if (octet === GT && matched === 0) {
      // Of a run of `>` one is held back; the others are the message's own whatever follows.
      if (run) out.push(QUOTE);
      this.state = { open: true, run: true, matched: 0 };
      return index + 1;
    }
    if (run && octet === FROM[matched]) {
      if (matched + 1 < FROM.length) {
        this.state = { open: true, run, matched: matched + 1 };
      } else {
        out.push(FROM);
        this.state = { open: false };
      }
      return index + 1;
    }
    if (run) out.push(QUOTE, FROM.subarray(0, matched));
    // An empty line: the next octet begins another line, which `push` would otherwise look for behind an LF.
    this.state = octet === LF ? { open: true, run: false, matched: 0 } : { open: false };
    if (octet === LF) {
      out.push(piece.subarray(index, index + 1));
      return index + 1;
    }
    return index;
  }
}

function isFromAt(piece: Buffer, index: number): boolean {
  return piece.length - index >= FROM.length && piece.compare(FROM, 0, FROM.length, index, index + FROM.length) === 0;
}
