import { createHash } from 'node:crypto';
import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';
import { htmlText } from '../search/html-text.ts';
import { signedContents } from './signed-contents.ts';

/** Beyond this many octets a message is compared by its octets only. */
const parsedOctets = 64 * 1024 * 1024;
const deepest = 10;

/**
 * What a message says, in a form that a mail program which takes messages apart and puts them together again leaves
 * alone: Outlook keeps a body's words and not its octets, writes a plain form of its own beside HTML, and folds and
 * encodes as it likes.
 */
export interface MessageFingerprint {
  readonly subject: string;
  /** Null where the file knew a directory name only. */
  readonly from: string | null;
  /** Letters and digits of each form of the body that has any. */
  readonly texts: readonly string[];
  /** Hashes over what is attached, sorted; of texts without regard to line ends. */
  readonly files: readonly string[];
  /** Octet for octet what is signed. */
  readonly signed: readonly string[];
  /** Attached messages in their order: they were put together anew, too. */
  readonly messages: readonly MessageFingerprint[];
}

/** @returns null when the message is too large or cannot be parsed */
export async function messageFingerprint(
  body: AsyncIterable<Buffer>,
  size: number,
): Promise<MessageFingerprint | null> {
  if (size > parsedOctets) return null;
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  try {
    return await fingerprintOf(Buffer.concat(pieces), 0);
  } catch {
    return null;
  }
}

async function fingerprintOf(octets: Buffer, depth: number): Promise<MessageFingerprint> {
  const mail = await simpleParser(octets, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const embedded = mail.attachments.filter(isMessage);
  const files = mail.attachments.filter(file => !isMessage(file) && !isCalendar(file));
  const messages: MessageFingerprint[] = [];
  if (depth < deepest) for (const { content } of embedded) messages.push(await fingerprintOf(content, depth + 1));
  else files.push(...embedded);
  return {
    subject: lettersOf(mail.subject ?? ''),
    from: senderOf(mail),
    texts: [mail.text ?? '', typeof mail.html === 'string' ? htmlText(mail.html) : '']
      .map(lettersOf)
      .filter(text => text !== ''),
    files: files.map(hashOf).sort(),
    signed: (await signedContents(octets)).map(content => hash(content)),
    messages,
  };
}

/** Whether nothing that a person could miss is in the one and not in the other. In doubt they are two. */
export function sameFingerprint(one: MessageFingerprint, other: MessageFingerprint): boolean {
  return (
    one.subject === other.subject &&
    (one.from === null || other.from === null || one.from === other.from) &&
    (one.texts.length === 0 ? other.texts.length === 0 : one.texts.some(text => other.texts.includes(text))) &&
    areEqual(one.files, other.files) &&
    areEqual(one.signed, other.signed) &&
    one.messages.length === other.messages.length &&
    one.messages.every((message, index) => {
      const theirs = other.messages[index];
      return theirs !== undefined && sameFingerprint(message, theirs);
    })
  );
}

function areEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

const isMessage = ({ contentType }: Attachment): boolean => contentType === 'message/rfc822';
/** Outlook keeps an invitation as properties and writes its iCalendar anew; the words around it tell whose it is. */
const isCalendar = ({ contentType }: Attachment): boolean =>
  contentType === 'text/calendar' || contentType === 'application/ics';

function senderOf({ from }: ParsedMail): string | null {
  const address = from?.value[0]?.address?.toLowerCase() ?? '';
  return address === '' || address.endsWith('.invalid') ? null : address;
}

/** Turning HTML into text and back moves spaces, quote marks and rules about; letters and digits stay. */
function lettersOf(text: string): string {
  return text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function hashOf({ contentType, content }: Attachment): string {
  return hash(
    contentType.startsWith('text/') ? content.toString('latin1').replaceAll('\r\n', '\n').trimEnd() : content,
  );
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
