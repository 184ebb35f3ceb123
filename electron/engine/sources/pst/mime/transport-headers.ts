import { encodedWords } from './encoded-words.ts';
import { foldField } from './header-fields.ts';

export interface TransportHeaders {
  /** Fields in their order, folded as they were stored, ASCII only. */
  readonly fields: readonly HeaderField[];
  /** Lower-case names of fields left out because the body is put together anew. */
  readonly replaced: readonly string[];
}

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  readonly text: string;
}

/** These describe the stored octets of a body that the file no longer holds in that form. */
const aboutTheBody = /^(content-.*|mime-version|lines|x-mozilla-status2?)$/;

const addressFields = /^(resent-)?(from|sender|reply-to|to|cc|bcc)$/;

/**
 * The header of the message as it came over the wire, which Outlook keeps as one string. Only the message's own header
 * counts: behind a blank line or a boundary Outlook keeps the headers of the body's parts, which go with the parts.
 */
export function parseTransportHeaders(stored: string): TransportHeaders {
  const fields: HeaderField[] = [];
  const replaced = new Set<string>();
  for (const lines of unfold(stored)) {
    const colon = lines[0]?.indexOf(':') ?? -1;
    const name = (lines[0] ?? '').slice(0, Math.max(0, colon)).trimEnd();
    // "Microsoft Mail Internet Headers Version 2.0" and the like are no fields.
    if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name)) continue;
    const lower = name.toLowerCase();
    if (aboutTheBody.test(lower)) replaced.add(lower);
    else fields.push({ name: lower, text: asciiField(name, lines) });
  }
  return { fields, replaced: [...replaced].sort() };
}

function unfold(stored: string): readonly (readonly string[])[] {
  const fields: string[][] = [];
  for (const line of stored.replace(/^[\r\n]+/, '').split(/\r\n|\r|\n/)) {
    if (line === '' || line.startsWith('--')) break;
    if (/^[ \t]/.test(line)) {
      // A line of white space only, inside a field, would end the header for some readers.
      if (line.trim() !== '') fields.at(-1)?.push(line);
    } else {
      fields.push([line]);
    }
  }
  return fields;
}

/** As stored when it is ASCII; else the words that are not become encoded words, and the field is folded anew. */
function asciiField(name: string, lines: readonly string[]): string {
  const text = lines.map(line => line.replaceAll('\0', '')).join('\r\n');
  if (/^\p{ASCII}*$/u.test(text)) return text;
  const value = text.slice(text.indexOf(':') + 1).replaceAll(/\r\n/g, '');
  const pieces = addressFields.test(name.toLowerCase())
    ? // Quoted strings go as a whole: no encoded word may stand inside quotation marks (RFC 2047 section 5).
      (value.match(/"(?:[^"\\]|\\.)*"|[^\s",<>]+|[,<>]|\s+/g) ?? [])
    : (value.match(/\S+|\s+/g) ?? []);
  return foldField(name, joinWords(pieces));
}

/** Neighbouring words that need encoding are encoded together, since white space between encoded words vanishes. */
function joinWords(pieces: readonly string[]): readonly string[] {
  const words: string[] = [];
  let pending = '';
  let glue = false;
  const flush = (): void => {
    if (pending !== '') words.push(...encodedWords(pending));
    pending = '';
  };
  let space = '';
  for (const piece of pieces) {
    if (piece.trim() === '') {
      space = piece;
      continue;
    }
    if (/^\p{ASCII}*$/u.test(piece)) {
      flush();
      if (glue || (space === '' && /^[,>]$/.test(piece) && words.length > 0)) {
        words.push((words.pop() ?? '') + piece);
      } else {
        words.push(piece);
      }
      glue = piece === '<';
    } else {
      const bare = piece.startsWith('"') ? piece.slice(1, -1).replaceAll(/\\(.)/g, '$1') : piece;
      pending = pending === '' ? bare : `${pending} ${bare}`;
      glue = false;
    }
    space = '';
  }
  flush();
  return words;
}
