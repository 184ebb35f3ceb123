import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { Readable } from 'node:stream';

/** A message beyond this many octets is compared by its bytes only: parsing it would take memory we promised not to. */
const parsedOctets = 64 * 1024 * 1024;

/**
 * What a message says, apart from how it is encoded: the hash of its decoded text and of every decoded attachment.
 * For servers that rewrite MIME; equal digests mean that nothing a person could miss was changed.
 *
 * @returns null when the message is too large or cannot be parsed
 */
export async function contentDigest(body: AsyncIterable<Buffer>, size: number): Promise<string | null> {
  if (size > parsedOctets) return null;
  try {
    const mail = await simpleParser(Readable.from(body), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
    const parts = [
      `text ${hash(normalised(mail.text ?? ''))}`,
      `html ${hash(normalised(typeof mail.html === 'string' ? mail.html : ''))}`,
      ...mail.attachments.map(({ content }) => `attachment ${hash(content)}`).sort(),
    ];
    return hash(parts.join('\n'));
  } catch {
    return null;
  }
}

/** Line ends and trailing blanks change with the transfer encoding. */
function normalised(text: string): string {
  return text.replaceAll(/[ \t]*\r?\n/g, '\n').trim();
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
