import type { ImapValue, ResponsePiece } from './imap-value.ts';
import type { StatusText, UntaggedResponse } from './imap-connection.ts';
import { parseValues } from './parse-values.ts';

export interface ReadUntagged extends UntaggedResponse {
  readonly balanced: boolean;
}

const statusNames = new Set(['OK', 'NO', 'BAD', 'BYE', 'PREAUTH']);

/** Reads `* 12 FETCH (…)`, `* LIST …`, `* OK [CODE] text`. Null when the line is not an untagged response. */
export function readUntagged(pieces: readonly ResponsePiece[]): ReadUntagged | null {
  const [first] = pieces;
  if (typeof first !== 'string') return null;
  const start = /^\* +(?:(\d{1,10}) +)?([A-Za-z][\w.-]*)/.exec(first);
  if (start === null) return null;
  const [prefix, digits, word = ''] = start;
  const name = word.toUpperCase();
  const number = digits === undefined ? null : Number(digits);
  if (statusNames.has(name)) {
    return { number, name, values: [], status: readStatus(first.slice(prefix.length)), balanced: true };
  }
  const { values, balanced } = parseValues(pieces, prefix.length);
  return { number, name, values, status: null, balanced };
}

/** Reads what follows OK, NO, BAD or BYE: ` [CODE args] text`. */
export function readStatus(rest: string): StatusText {
  const text = rest.trimStart();
  const close = text.startsWith('[') ? text.indexOf(']') : -1;
  if (close === -1) return { code: null, text };
  const [name, ...values] = parseValues([text.slice(1, close)]).values as [ImapValue, ...ImapValue[]];
  return {
    code: typeof name === 'string' ? { name: name.toUpperCase(), values } : null,
    text: text.slice(close + 1).trimStart(),
  };
}
