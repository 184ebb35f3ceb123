/** A stretch of one direction of an IMAP connection. */
export type ImapPiece =
  | {
      readonly kind: 'line';
      /** The whole line with its CRLF. */
      readonly octets: Buffer;
      /** Set when the line ends by announcing a literal; `sync` when its sender waits for leave to send it. */
      readonly literal: { readonly size: number; readonly sync: boolean } | null;
    }
  | {
      readonly kind: 'literal';
      readonly octets: Buffer;
      /** Octets of this literal that came before this piece. */
      readonly offset: number;
      readonly size: number;
    };

/** Cuts a stream into lines and literals. Lines are kept until complete; literals pass through piece by piece. */
export interface ImapSplitter {
  push(chunk: Buffer): Generator<ImapPiece>;
  /** The announced literal will not come: the server answered instead of asking for it. */
  cancelLiteral(): void;
  /** True between lines, where a line of our own can be put into the stream. */
  atBoundary(): boolean;
}

/** RFC 3501 section 4.3, RFC 7888 for `+` and `-`, RFC 3516 for `~`. */
const literalAtEnd = /~?\{(\d+)([+-]?)\}\r\n$/;

export function imapSplitter(): ImapSplitter {
  let partial: Buffer = Buffer.alloc(0);
  let literal = { size: 0, done: 0 };
  let continues = false;
  const inLiteral = (): boolean => literal.done < literal.size;

  return {
    *push(chunk) {
      let rest = chunk;
      while (rest.length > 0) {
        if (inLiteral()) {
          const octets = rest.subarray(0, literal.size - literal.done);
          const offset = literal.done;
          literal.done += octets.length;
          rest = rest.subarray(octets.length);
          yield { kind: 'literal', octets, offset, size: literal.size };
          continue;
        }
        const line = takeLine(partial, rest);
        if (line === null) {
          partial = Buffer.concat([partial, rest]);
          return;
        }
        rest = rest.subarray(line.length - partial.length);
        partial = Buffer.alloc(0);
        const announced = literalAtEnd.exec(line.toString('latin1', Math.max(0, line.length - 32)));
        const size = Number(announced?.[1] ?? 0);
        literal = { size, done: 0 };
        continues = announced !== null;
        yield { kind: 'line', octets: line, literal: announced && { size, sync: announced[2] === '' } };
      }
    },
    cancelLiteral() {
      literal = { size: 0, done: 0 };
      continues = false;
    },
    atBoundary: () => partial.length === 0 && !inLiteral() && !continues,
  };
}

/** The line that starts in `partial` and ends in `rest`, or null while it has no end. */
function takeLine(partial: Buffer, rest: Buffer): Buffer | null {
  // The CR may have come with the last chunk.
  if (partial.at(-1) === 0x0d && rest[0] === 0x0a) return Buffer.concat([partial, rest.subarray(0, 1)]);
  const end = rest.indexOf('\r\n');
  return end < 0 ? null : Buffer.concat([partial, rest.subarray(0, end + 2)]);
}
