import { createHash } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import { signedContents } from './signed-contents.ts';

/** A message beyond this many octets is compared by its bytes only: parsing it would take memory we promised not to. */
const parsedOctets = 64 * 1024 * 1024;

/** What a message says, apart from how it is encoded. */
export interface MessageContent {
  /**
   * Hash over the decoded text, every decoded attachment, and octet for octet whatever is signed: a signature is worth
   * nothing once a line end under it was changed.
   */
  readonly parts: string;
  /** The fields a person finds a message by, decoded; null where the header does not say. */
  readonly fields: {
    readonly messageId: string | null;
    /** ISO 8601, UTC. */
    readonly date: string | null;
    readonly from: string | null;
    readonly subject: string | null;
  };
}

/** @returns null when the message is too large or cannot be parsed */
export async function messageContent(body: AsyncIterable<Buffer>, size: number): Promise<MessageContent | null> {
  if (size > parsedOctets) return null;
  const pieces: Buffer[] = [];
  let octets = 0;
  for await (const piece of body) {
    octets += piece.length;
    // A server may misstate the size; the rest is read to its end, and dropped.
    if (octets <= parsedOctets) pieces.push(piece);
  }
  if (octets > parsedOctets) return null;
  const whole = Buffer.concat(pieces);
  try {
    const mail = await simpleParser(whole, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
    const parts = [
      `text ${hash(normalised(mail.text ?? ''))}`,
      `html ${hash(normalised(typeof mail.html === 'string' ? mail.html : ''))}`,
      ...mail.attachments.map(({ content }) => `attachment ${hash(content)}`).sort(),
      ...(await signedContents(whole)).map(content => `signed ${hash(content)}`),
    ];
    return { parts: hash(parts.join('\n')), fields: fieldsOf(mail) };
  } catch {
    return null;
  }
}

/**
 * Whether a server that rebuilds messages gave back the same one: nothing that a person could miss was changed. What it
 * added to the header (a Message-ID where there was none) is its own business.
 */
export function sameContent(ours: MessageContent, theirs: MessageContent): boolean {
  if (ours.parts !== theirs.parts) return false;
  const names = Object.keys(ours.fields) as (keyof MessageContent['fields'])[];
  return names.every(name => ours.fields[name] === null || ours.fields[name] === theirs.fields[name]);
}

function fieldsOf({ messageId, date, from, subject, headers }: ParsedMail): MessageContent['fields'] {
  return {
    messageId: messageId ?? null,
    // mailparser takes the moment of parsing for the date of a message that has none.
    date: headers.has('date') && date !== undefined && !Number.isNaN(date.getTime()) ? date.toISOString() : null,
    from: from?.value.map(({ address }) => address?.toLowerCase()).join(' ') ?? null,
    subject: subject === undefined ? null : subject.replaceAll(/\s+/g, ' ').trim(),
  };
}

/** Line ends and trailing blanks change with the transfer encoding. */
function normalised(text: string): string {
  return text.replaceAll(/[ \t]*\r?\n/g, '\n').trim();
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
