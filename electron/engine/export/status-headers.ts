import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';

/**
 * What mbox programs know of a message's state: `Status` and `X-Status` (mutt, Dovecot, Pine and their like), and
 * `X-Keywords` (UW IMAP, Dovecot). `O`: no longer new.
 */
export function statusHeaders({ flags, keywords }: Pick<ArchivedMessage, 'flags' | 'keywords'>): readonly string[] {
  const has = (flag: (typeof flags)[number]): boolean => flags.includes(flag);
  const status = `${has('\\Seen') ? 'R' : ''}O`;
  const marks = [
    has('\\Answered') ? 'A' : '',
    has('\\Flagged') ? 'F' : '',
    has('\\Draft') ? 'T' : '',
    has('\\Deleted') ? 'D' : '',
  ].join('');
  return [
    `Status: ${status}`,
    ...(marks === '' ? [] : [`X-Status: ${marks}`]),
    ...(keywords.length === 0 ? [] : [`X-Keywords: ${keywords.join(' ')}`]),
  ];
}

const LF = 0x0a;
const CR = 0x0d;

/** The message with these fields before its own, in the line ends it has: nothing of its own is moved or changed. */
export async function* withHeaders(fields: readonly string[], body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const piece of body) {
    if (isFirst && piece.length > 0) {
      const lf = piece.indexOf(LF);
      const lineEnd = lf > 0 && piece[lf - 1] === CR ? '\r\n' : '\n';
      yield Buffer.from(fields.map(field => field + lineEnd).join(''));
      isFirst = false;
    }
    yield piece;
  }
}
