import { separatorDate } from '../files/mail-date.ts';
import type { SeparatorDate } from '../files/mail-date.ts';

/** The line `From sender date` in front of each message. */
export interface Postmark {
  /** `-` in Thunderbird's files. */
  readonly sender: string;
  readonly date: SeparatorDate | null;
}

export const postmarkStart = Buffer.from('From ');

export function parsePostmark(line: string): Postmark | null {
  if (!line.startsWith('From ')) return null;
  const rest = line.slice(5).trim();
  return { sender: rest.split(/\s/, 1)[0] ?? '', date: separatorDate(rest) };
}

/** What stands directly before a line that begins with `From `. */
export type Before = 'file-start' | 'blank-line' | 'text' | 'nul';

const fieldName = /^[!-9;-~]{1,76}:/;
/** Fields that programs put first. A line of prose may look like a field, but hardly like one of these. */
const leadingField =
  /^(?:x-mozilla-[a-z0-9-]*|x-account-key|x-uidl|x-[a-z][a-z0-9-]*|return-path|received|delivered-to|envelope-to|from|sender|reply-to|to|cc|date|message-id|subject|mime-version|content-type|status|dkim-signature|arc-[a-z-]*|authentication-results):/i;

/**
 * Whether a line that begins with `From ` separates two messages, in a file that does not promise to quote every other.
 *
 * RFC 4155 asks for a blank line before and a date behind. Writers forget either, and people write sentences that begin
 * with "From ", so each sign that is missing has to be made up for by what the next line is. Taking prose for a
 * separator would tear a message in two and drop the line; missing a separator hides a message in the one before it,
 * with every octet kept.
 *
 * @param next the line behind it, null at the end of the file
 */
export function isSeparator(before: Before, line: string, next: string | null): boolean {
  const postmark = parsePostmark(line);
  if (postmark === null) return false;
  const dated = postmark.date !== null;
  switch (before) {
    case 'file-start':
      return dated || (next !== null && fieldName.test(next));
    case 'blank-line':
      return dated
        ? next === null || next === '' || fieldName.test(next) || /^>*From /.test(next)
        : next !== null && leadingField.test(next);
    case 'text':
    case 'nul':
      return dated && next !== null && leadingField.test(next);
  }
}
