import type { MessageAttributes } from '../../../../shared/model/message.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const isoInstant = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** RFC 3501 section 9: an atom, which leaves out these, every control and everything beyond ASCII. */
const flagKeyword = /^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+$/;

/** Dovecot's `mail_max_keyword_length`: one keyword over it, and the message that carries it is refused. */
const longestNewKeyword = 50;

/**
 * The part of an APPEND between the mailbox and the literal: flags and date-time, each with a space behind it, or
 * nothing. It must be beyond reproach: a server that finds fault here has not read the literal yet, and with a
 * non-synchronising one Dovecot goes on to read the message's lines as commands.
 */
export function appendArguments(attributes: MessageAttributes, acceptsKeyword: (keyword: string) => boolean): string {
  const flags = [...attributes.flags, ...withoutRepeats(attributes.keywords.filter(acceptsKeyword))];
  const date = attributes.internalDate === null ? null : imapDateTime(attributes.internalDate);
  return `${flags.length === 0 ? '' : `(${flags.join(' ')}) `}${date === null ? '' : `${date} `}`;
}

/** Whether a folder with these PERMANENTFLAGS (RFC 3501 section 7.1) keeps a keyword; null: the server sent none. */
export function keepsKeyword(permanentFlags: readonly string[] | null, keyword: string): boolean {
  if (!flagKeyword.test(keyword)) return false;
  // "If the server does not send it, the client should assume that all flags can be set permanently."
  if (permanentFlags === null) return keyword.length <= longestNewKeyword;
  if (permanentFlags.some(flag => flag.toLowerCase() === keyword.toLowerCase())) return true;
  return permanentFlags.includes('\\*') && keyword.length <= longestNewKeyword;
}

/**
 * An ISO 8601 instant as a quoted IMAP date-time with the same offset; null for one that IMAP cannot say, such as
 * 31 February, of which servers would make BAD or a date of their own.
 */
export function imapDateTime(iso: string): string | null {
  const match = isoInstant.exec(iso);
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = match;
  const [, , , , , , , sign = '+', offsetHours = '00', offsetMinutes = '00'] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number(year) >= 100 && (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)))
    return null;
  const name = months[Number(month) - 1];
  if (name === undefined || Number(day) < 1 || Number(day) > 31) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (Number(offsetHours) > 14 || Number(offsetMinutes) > 59) return null;
  return `"${day}-${name}-${year} ${hour}:${minute}:${second} ${sign}${offsetHours}${offsetMinutes}"`;
}

/**
 * The UIDs of an APPENDUID response code in the order of the messages (RFC 4315 section 3: `304,319:320`); null when
 * they are not `count`, since then no UID can be given to any one message.
 */
export function appendedUids(uidSet: string, count: number): readonly string[] | null {
  const uids: string[] = [];
  for (const part of uidSet.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part);
    if (match === null) return null;
    const [low, high] = [Number(match[1]), Number(match[2] ?? match[1])].sort((a, b) => a - b) as [number, number];
    if (high - low >= count) return null;
    for (let uid = low; uid <= high; uid++) uids.push(String(uid));
  }
  return uids.length === count ? uids : null;
}

function withoutRepeats(keywords: readonly string[]): readonly string[] {
  return [...new Map(keywords.map(keyword => [keyword.toLowerCase(), keyword])).values()];
}
