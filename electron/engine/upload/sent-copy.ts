import type { Problem } from '../../../shared/errors.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import { repairedBody } from '../message/repair-message.ts';

/** The octets that are, or were, sent for an archived message: its own, or those of its repaired copy. */
export interface SentCopy {
  readonly number: number;
  readonly size: number;
  readonly sha256: string;
  body(): AsyncIterable<Buffer>;
  header(): Promise<Buffer>;
}

/** Headers are small; what looks like a longer one is read no further. */
const longestHeader = 256 * 1024;

/**
 * @param problem what the ledger says of the message: TARGET_MESSAGE_REPAIRED with the `sizeBytes`, `sha256` and
 *   `maxLineOctets` of the copy that was sent; anything else, and the message itself was
 */
export function sentCopy(
  reader: MessageReader,
  folder: ArchivedFolder,
  message: ArchivedMessage,
  problem: Problem | null,
): SentCopy {
  const { number } = message;
  if (problem?.code !== 'TARGET_MESSAGE_REPAIRED') {
    return {
      number,
      size: message.size,
      sha256: message.sha256,
      body: () => reader.body(folder, message),
      header: () => reader.header(folder, message),
    };
  }
  const rules = { maxLineOctets: Number(problem.details['maxLineOctets']) };
  const body = (): AsyncIterable<Buffer> => repairedBody(reader.body(folder, message), rules);
  return {
    number,
    size: Number(problem.details['sizeBytes']),
    sha256: String(problem.details['sha256']),
    body,
    header: () => headerOf(body()),
  };
}

async function headerOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let text = '';
  for await (const piece of body) {
    pieces.push(piece);
    text += piece.toString('latin1');
    const end = /\r?\n\r?\n/.exec(text);
    if (end !== null) return Buffer.from(text.slice(0, end.index + end[0].length), 'latin1');
    if (text.length >= longestHeader) break;
  }
  return Buffer.from(text.slice(0, longestHeader), 'latin1');
}
