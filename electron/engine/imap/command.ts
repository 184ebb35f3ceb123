/**
 * A command as the pieces that are written: text between literals, and literals. Text holds octets (latin1) and
 * neither the tag nor the final CRLF.
 */
export type CommandPiece = string | CommandLiteral;

export interface CommandLiteral {
  /** Exact number of octets that `body` yields; a body that yields another number breaks the connection. */
  readonly octets: number;
  /** Called once, when the literal's turn on the line has come. */
  body(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A command of known pieces, or one that is still being made up while its beginning is on the wire (MULTIAPPEND). */
export type Command = string | readonly CommandPiece[] | AsyncIterable<CommandPiece>;

/** An octet string as a literal, for names that no quoted string can hold. */
export function literal(octets: string): CommandLiteral {
  const bytes = Buffer.from(octets, 'latin1');
  return { octets: bytes.length, body: () => [bytes] };
}

/**
 * An `astring` argument: quoted where RFC 3501 allows it, else a literal. Quoted strings are limited to 7-bit text
 * without CR, LF and NUL; a name with other octets is sent as it was received, in a literal.
 */
export function astring(octets: string): CommandPiece {
  // eslint-disable-next-line no-control-regex -- the very octets that RFC 3501 keeps out of a quoted string
  if (/[\x00\r\n\x80-\xff]/.test(octets)) return literal(octets);
  return `"${octets.replaceAll(/["\\]/g, '\\$&')}"`;
}
