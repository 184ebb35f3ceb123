const LF = 0x0a;
const CR = 0x0d;

/** A line of a message as it is written. */
export interface RawLine {
  /** Without its end; octets as they are. */
  readonly text: Buffer;
  /** CRLF, LF, or nothing at the end of a message that ends without one. */
  readonly end: Buffer;
}

/** Cuts octets into lines. Holds one line at a time, however long. */
export async function* rawLines(body: AsyncIterable<Buffer>): AsyncGenerator<RawLine, void, void> {
  let pieces: Buffer[] = [];
  for await (const piece of body) {
    let start = 0;
    for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, start)) {
      yield lineOf([...pieces, piece.subarray(start, at + 1)]);
      pieces = [];
      start = at + 1;
    }
    if (start < piece.length) pieces.push(piece.subarray(start));
  }
  if (pieces.length > 0) yield lineOf(pieces);
}

function lineOf(pieces: readonly Buffer[]): RawLine {
  const [only] = pieces;
  const whole = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
  if (whole.at(-1) !== LF) return { text: whole, end: Buffer.alloc(0) };
  const length = whole.length - (whole.at(-2) === CR ? 2 : 1);
  return { text: whole.subarray(0, length), end: whole.subarray(length) };
}
