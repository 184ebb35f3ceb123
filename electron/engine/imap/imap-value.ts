/**
 * One parsed item of an IMAP response. Strings are octet strings: every char is one octet (latin1), because mailbox
 * names and flags come in whatever encoding the server keeps; who needs text decodes it. Atoms, quoted strings and
 * buffered literals look alike, as they do to RFC 3501 (`astring`); only the bare atom NIL is null.
 */
export type ImapValue = null | string | StreamedLiteral | readonly ImapValue[];

/** Stands where a literal was whose octets went to a `LiteralSink` instead of into memory. */
export interface StreamedLiteral {
  readonly streamedOctets: number;
}

/** The line pieces of one response: text, and between two texts the literal that separated them. */
export type ResponsePiece = string | Buffer | StreamedLiteral;

export function isList(value: ImapValue | undefined): value is readonly ImapValue[] {
  return Array.isArray(value);
}

export function isStreamed(value: ImapValue | undefined): value is StreamedLiteral {
  return typeof value === 'object' && value !== null && 'streamedOctets' in value;
}

/** The octet string of a value, or null for NIL, lists and streamed literals. */
export function octetsOf(value: ImapValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
