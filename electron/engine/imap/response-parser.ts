import { TravasoError } from '../../../shared/errors.ts';
import type { ResponsePiece } from './imap-value.ts';
import type { LiteralSink } from './imap-connection.ts';

/** What one response may hold in memory: a long FLAGS or LIST line and buffered literals, but no message body. */
const maxResponseOctets = 8 * 1024 * 1024;
const maxBufferedLiteral = 1024 * 1024;

export interface ResponseEvents {
  /** A complete response, literal markers removed, without its CRLF. */
  response(pieces: readonly ResponsePiece[]): void;
  /** A literal begins. Null: it becomes a piece of the response. */
  literal(piecesBefore: readonly ResponsePiece[], octets: number): LiteralSink | null;
}

/**
 * Cuts the octet stream of a server into responses without copying literals: a sink receives slices of what the
 * socket delivered. Everything is done inside `push`; there is no promise per line, which is what makes a folder of
 * 100,000 messages list in about a second.
 *
 * A server may be hostile: lines and responses are bounded, and what cannot be IMAP throws `CONNECTION_LOST` with
 * reason `malformed-response`; the stream cannot be trusted after that.
 */
export class ResponseParser {
  readonly #events: ResponseEvents;
  #pieces: ResponsePiece[] = [];
  /** Octets held by `#pieces` and `#partial`, with a charge per piece so that empty literals are bounded too. */
  #held = 0;
  #partial: Buffer[] = [];
  #literalLeft = 0;
  #literalOctets = 0;
  #sink: LiteralSink | null = null;
  #buffered: Buffer[] = [];
  #afterStreamed = false;

  constructor(events: ResponseEvents) {
    this.#events = events;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#literalLeft > 0) {
        const end = Math.min(chunk.length, at + this.#literalLeft);
        const piece = at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end);
        this.#literalLeft -= end - at;
        at = end;
        if (this.#sink === null) this.#buffered.push(piece);
        else this.#sink.piece(piece);
        if (this.#literalLeft === 0) this.#endLiteral();
        continue;
      }
      const lineFeed = chunk.indexOf(0x0a, at);
      if (lineFeed === -1) {
        this.#hold(chunk.length - at);
        this.#partial.push(chunk.subarray(at));
        return;
      }
      this.#line(this.#takeLine(chunk, at, lineFeed));
      at = lineFeed + 1;
    }
  }

  /** Without its line end. A bare LF ends a line too: some servers send one in their greeting text. */
  #takeLine(chunk: Buffer, start: number, lineFeed: number): string {
    if (this.#partial.length === 0) {
      const end = lineFeed > start && chunk[lineFeed - 1] === 0x0d ? lineFeed - 1 : lineFeed;
      return chunk.toString('latin1', start, end);
    }
    const line = Buffer.concat([...this.#partial, chunk.subarray(start, lineFeed)]).toString('latin1');
    this.#partial = [];
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  #line(line: string): void {
    if (this.#afterStreamed && !/^[ )]/.test(line)) {
      // The literal was longer than announced: this is message text, and must not be read as protocol.
      throw malformed();
    }
    this.#afterStreamed = false;
    const marker = line.endsWith('}') && this.#mayHoldLiteral(line) ? /~?\{(\d{1,15})\+?\}$/.exec(line) : null;
    if (marker === null) {
      this.#pieces.push(line);
      const pieces = this.#pieces;
      this.#pieces = [];
      this.#held = 0;
      this.#events.response(pieces);
      return;
    }
    this.#hold(line.length + 64);
    this.#pieces.push(line.slice(0, marker.index));
    this.#beginLiteral(Number(marker[1]));
  }

  /** Human text may end in `{5}` by chance: status responses, tagged lines and `+` never carry a literal. */
  #mayHoldLiteral(line: string): boolean {
    return this.#pieces.length > 0 || /^\* (?!(?:OK|NO|BAD|BYE|PREAUTH)\b)/i.test(line);
  }

  #beginLiteral(octets: number): void {
    this.#literalOctets = octets;
    this.#literalLeft = octets;
    this.#sink = this.#events.literal(this.#pieces, octets);
    if (this.#sink === null) {
      if (octets > maxBufferedLiteral) throw malformed();
      this.#hold(octets);
    }
    if (octets === 0) this.#endLiteral();
  }

  #endLiteral(): void {
    if (this.#sink === null) {
      this.#pieces.push(Buffer.concat(this.#buffered));
      this.#buffered = [];
      return;
    }
    this.#pieces.push({ streamedOctets: this.#literalOctets });
    this.#afterStreamed = true;
    const sink = this.#sink;
    this.#sink = null;
    sink.end();
  }

  #hold(octets: number): void {
    this.#held += octets;
    if (this.#held > maxResponseOctets) throw malformed();
  }
}

function malformed(): TravasoError {
  return new TravasoError('CONNECTION_LOST', { reason: 'malformed-response' });
}
