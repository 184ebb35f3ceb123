import type { MessageView } from '../../../shared/model/message-view.ts';
import { decodeWords, firstValue } from '../search/mime/header-section.ts';
import type { HeaderSection } from '../search/mime/header-section.ts';
import { people } from './people.ts';

const longestSubject = 2000;

/** The fields that stand above a message that is read. */
export function readHeaders(header: HeaderSection): MessageView['headers'] {
  return {
    subject: decodeWords(firstValue(header, 'subject'))
      // eslint-disable-next-line no-control-regex -- an encoded word may hold anything
      .replaceAll(/[\s\u0000-\u001F\u007F-\u009F]+/g, ' ')
      .trim()
      .slice(0, longestSubject)
      .toWellFormed(),
    from: people(header, 'from'),
    to: people(header, 'to'),
    cc: people(header, 'cc'),
    bcc: people(header, 'bcc'),
    replyTo: people(header, 'reply-to'),
    date: headerDate(header),
    messageId: /<[^<>\s]{1,500}>/.exec(firstValue(header, 'message-id'))?.[0] ?? null,
  };
}

/** When the message says it was written, UTC; null where it says nothing that is a date. */
export function headerDate(header: HeaderSection): string | null {
  // A comment names the zone (RFC 5322 section 3.3), and V8 does not take every one.
  const text = firstValue(header, 'date')
    .slice(0, 200)
    .replaceAll(/\([^)]*\)/g, ' ');
  const date = new Date(Date.parse(text));
  const year = date.getUTCFullYear();
  // Years of five digits are no ISO 8601 date that anybody could read.
  return year >= 1 && year <= 9999 ? date.toISOString() : null;
}
