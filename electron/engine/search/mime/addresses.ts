import { decodeWords } from './header-section.ts';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/**
 * The first mailbox of an address field. Cut before it is decoded: an encoded word may hold the very signs that
 * separate (RFC 2047 section 5). Both of the usual forms, `Name <address>` and `address (Name)`.
 */
export function firstMailbox(field: string): Mailbox {
  const angle = /^\s*((?:"(?:[^"\\]|\\.)*"|[^"<,])*)<([^>]*)>/.exec(field);
  if (angle !== null) return { name: unquoted(angle[1] ?? ''), address: (angle[2] ?? '').trim() };
  const comment = /^\s*([^\s,]+)\s*\(([^)]*)\)/.exec(field);
  if (comment !== null) return { name: decodeWords(comment[2] ?? '').trim(), address: comment[1] ?? '' };
  const [first = ''] = field.split(',', 1);
  const text = decodeWords(first).trim();
  return text.includes('@') ? { name: '', address: text } : { name: text, address: '' };
}

function unquoted(name: string): string {
  return decodeWords(
    name
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll(/\\(.)/g, '$1'),
  ).trim();
}
