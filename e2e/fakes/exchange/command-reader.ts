import { imapSplitter } from '../../rig/imap-splitter.ts';

export interface ReadCommand {
  readonly tag: string;
  /** Upper case; `UID FETCH` and the like together. */
  readonly verb: string;
  /** What follows the verb, with `{}` where a literal stood. */
  readonly rest: string;
  readonly literals: readonly Buffer[];
}

/** Puts commands together from lines and literals; `goOn` is called where a client waits for leave (RFC 3501 section 4.3). */
export function commandReader(goOn: () => void, complete: (command: ReadCommand) => void): (chunk: Buffer) => void {
  const splitter = imapSplitter();
  let text = '';
  let literals: Buffer[] = [];
  let pieces: Buffer[] = [];
  return chunk => {
    for (const piece of splitter.push(chunk)) {
      if (piece.kind === 'literal') {
        pieces.push(piece.octets);
        if (piece.offset + piece.octets.length < piece.size) continue;
        literals.push(Buffer.concat(pieces));
        pieces = [];
        continue;
      }
      const line = piece.octets.toString('latin1').replace(/\r\n$/, '');
      if (piece.literal !== null) {
        text += line.replace(/~?\{\d+[+-]?\}$/, '{}');
        if (piece.literal.sync) goOn();
        // Nothing follows an empty literal that would show where it was.
        if (piece.literal.size === 0) literals.push(Buffer.alloc(0));
        continue;
      }
      const match = /^(\S+) +((?:UID +)?[A-Z]+)(?: +(.*))?$/is.exec(text + line);
      const [, tag = '*', verb = '', rest = ''] = match ?? [];
      const command = { tag, verb: verb.toUpperCase().replace(/ +/, ' '), rest, literals };
      text = '';
      literals = [];
      complete(command);
    }
  };
}

/** The words of a command's arguments: atoms, quoted strings and lists; a literal stands as `{}`. */
export function argumentsOf(rest: string): readonly string[] {
  return rest.match(/"(?:[^"\\]|\\.)*"|\([^)]*\)|\S+/g) ?? [];
}

export function unquoted(word: string, literals: readonly Buffer[] = []): string {
  if (word === '{}') return literals[0]?.toString('latin1') ?? '';
  return word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word;
}
