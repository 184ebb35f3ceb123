const memoryBytes = 512 * 1024;
/** A piece worth handing on: one message in most cases. */
const pieceBytes = 64 * 1024;

/** What the last builder left over. Two at the same time never share any. */
let spare = Buffer.alloc(0);

/**
 * Puts octets together that come in small parts, in memory that is taken in large pieces: most messages are much
 * smaller. What was handed on is not written to again.
 */
export class OctetBuilder {
  /** Written to up to `end`, after `room` was asked for. */
  memory = spare;
  end = 0;
  private begin = 0;

  constructor() {
    spare = Buffer.alloc(0);
  }

  /** Makes sure that so many octets can be written to `memory` from `end` on. */
  room(bytes: number): void {
    if (this.end + bytes <= this.memory.length) return;
    const begun = this.memory.subarray(this.begin, this.end);
    this.memory = Buffer.allocUnsafeSlow(Math.max(memoryBytes, begun.length + bytes));
    this.end = begun.copy(this.memory);
    this.begin = 0;
  }

  /** ASCII, which is what header fields are made of. */
  text(text: string): void {
    this.room(text.length);
    this.end += this.memory.write(text, this.end, 'latin1');
  }

  octets(octets: Buffer): void {
    this.room(octets.length);
    this.end += octets.copy(this.memory, this.end);
  }

  get isFull(): boolean {
    return this.end - this.begin >= pieceBytes;
  }

  /** What was written since the last time. */
  take(): Buffer {
    const piece = this.memory.subarray(this.begin, this.end);
    this.begin = this.end;
    return piece;
  }

  /** The same for the last time: the builder is of no use any more. */
  finish(): Buffer {
    const piece = this.take();
    spare = this.memory.subarray(this.end);
    return piece;
  }
}
