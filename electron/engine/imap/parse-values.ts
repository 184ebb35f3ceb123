import { TravasoError } from '../../../shared/errors.ts';
import type { ImapValue, ResponsePiece } from './imap-value.ts';

/** Deeper than any real BODYSTRUCTURE; a server that nests further wants to exhaust the reader. */
const maxDepth = 100;

export interface ParsedValues {
  readonly values: ImapValue[];
  /** False when a list or quoted string was left open, or closed without having been opened. */
  readonly balanced: boolean;
}

/**
 * The values in the pieces of a response, from `offset` in the first piece on. Lenient where leniency costs nothing
 * (double spaces, unbalanced lists): the callers look for what they asked for and ignore the rest.
 */
export function parseValues(pieces: readonly ResponsePiece[], offset = 0): ParsedValues {
  const top: ImapValue[] = [];
  const open: ImapValue[][] = [];
  let current = top;
  let balanced = true;
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== 'string') {
      current.push(Buffer.isBuffer(piece) ? piece.toString('latin1') : piece);
      continue;
    }
    let at = index === 0 ? offset : 0;
    while (at < piece.length) {
      switch (piece.charCodeAt(at)) {
        case 0x20:
          at += 1;
          break;
        case 0x28: {
          if (open.length >= maxDepth) throw new TravasoError('CONNECTION_LOST', { reason: 'malformed-response' });
          const list: ImapValue[] = [];
          current.push(list);
          open.push(current);
          current = list;
          at += 1;
          break;
        }
        case 0x29: {
          const outer = open.pop();
          if (outer === undefined) balanced = false;
          else current = outer;
          at += 1;
          break;
        }
        case 0x22: {
          const end = endOfQuoted(piece, at);
          if (end === null) balanced = false;
          current.push(unescaped(piece.slice(at + 1, end ?? piece.length)));
          at = (end ?? piece.length) + 1;
          break;
        }
        default: {
          const end = endOfAtom(piece, at);
          const atom = piece.slice(at, end);
          current.push(atom.length === 3 && atom.toUpperCase() === 'NIL' ? null : atom);
          at = end;
        }
      }
    }
  }
  return { values: top, balanced: balanced && open.length === 0 };
}

function endOfQuoted(text: string, quote: number): number | null {
  for (let at = quote + 1; at < text.length; at += 1) {
    const octet = text.charCodeAt(at);
    if (octet === 0x5c) at += 1;
    else if (octet === 0x22) return at;
  }
  return null;
}

function unescaped(quoted: string): string {
  return quoted.includes('\\') ? quoted.replaceAll(/\\(.)/gs, '$1') : quoted;
}

/** Brackets belong to an atom only as the section of BODY or BINARY; elsewhere `[` is an ordinary keyword octet. */
function endOfAtom(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const octet = text.charCodeAt(at);
    if (octet === 0x20 || octet === 0x28 || octet === 0x29 || octet === 0x22) return at;
    if (octet === 0x5b && /^(?:BODY|BINARY(?:\.SIZE)?)$/i.test(text.slice(start, at))) {
      const close = text.indexOf(']', at);
      if (close === -1) return text.length;
      at = close;
    }
  }
  return text.length;
}
