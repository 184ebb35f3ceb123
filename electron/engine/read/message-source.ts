import type { Input, Output } from '../../../shared/contract.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import { MessageReader } from '../archive/message-reader.ts';
import { charsetText } from '../search/mime/charset-text.ts';
import { storedOctets } from './stored-message.ts';
import type { StoredMessage } from './stored-message.ts';

type Page = Pick<Input<'message.source'>, 'headersOnly' | 'offset' | 'limit'>;

const LF = 0x0a;

/** A page of the message as it was written. */
export async function messageSource(
  files: ArchiveFiles,
  stored: StoredMessage,
  { headersOnly = false, offset = 0, limit = 65_536 }: Page,
): Promise<Output<'message.source'>> {
  const octets = headersOnly ? await headerOf(files, stored) : null;
  const total = octets?.length ?? stored.message.size;
  const page = octets?.subarray(offset, offset + limit) ?? (await pageOf(files, stored, offset, limit));
  const shown = offset + page.length < total ? page.subarray(0, pageEnd(page)) : page;
  const next = offset + shown.length;
  return { text: charsetText(shown, null), next: shown.length > 0 && next < total ? next : null, octets: total };
}

async function headerOf(files: ArchiveFiles, { folder, message }: StoredMessage): Promise<Buffer> {
  const reader = new MessageReader(files);
  try {
    return await reader.header(folder, message);
  } finally {
    await reader.close();
  }
}

/** Read from the beginning each time: where an octet lies in an mbox file depends on the quotes before it. */
async function pageOf(files: ArchiveFiles, stored: StoredMessage, offset: number, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let at = 0;
  for await (const piece of storedOctets(files, stored)) {
    const wanted = piece.subarray(Math.max(0, offset - at), Math.max(0, offset + limit - at));
    if (wanted.length > 0) pieces.push(wanted);
    at += piece.length;
    if (at >= offset + limit) break;
  }
  return Buffer.concat(pieces);
}

/** Behind the last line, else before a character that the page cuts (UTF-8 has at most four octets of one). */
function pageEnd(page: Buffer): number {
  const lineEnd = page.lastIndexOf(LF);
  if (lineEnd >= 0) return lineEnd + 1;
  let end = page.length;
  while (end > page.length - 4 && end > 1 && ((page[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return ((page[end - 1] ?? 0) & 0x80) !== 0 && end > 1 ? end - 1 : page.length;
}
