import { createReadStream } from 'node:fs';
import * as z from 'zod';
import { folderRoles } from '../../../shared/model/folder.ts';
import { systemFlags } from '../../../shared/model/message.ts';
import { mailFormats } from './layout.ts';
import { onDisk } from './disk-problem.ts';

/**
 * The sidecar: one JSON object a line, only ever appended to. It says everything about a folder that the mail file
 * cannot: its true name, and for each message where it lies, what it must hash to, and what the mailbox said of it.
 * A later line about a message supersedes an earlier one. The catalogue is what these lines add up to.
 */
const folderRecord = z.object({
  record: z.literal('folder'),
  version: z.int().positive(),
  folder: z.int().positive(),
  account: z.string(),
  path: z.array(z.string()),
  role: z.enum(folderRoles).nullable(),
  sourceName: z.string(),
  separator: z.string().nullable(),
  subscribed: z.boolean(),
  selectable: z.boolean(),
  mailFormat: z.enum(mailFormats),
});

const messageRecord = z.object({
  record: z.literal('message'),
  number: z.int().positive(),
  key: z.string(),
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  internalDate: z.string().nullable(),
  flags: z.array(z.enum(systemFlags)),
  keywords: z.array(z.string()),
  /** Relative to the archive. An archive may come from anybody: nothing outside its mail is ever read for it. */
  file: z.string().regex(/^data\/mail\/(?:[a-z0-9-]+\/)*[a-z0-9-]+(?:\.\d+)?\.(?:mbox|eml)$/),
  offset: z.int().nonnegative(),
  storedOctets: z.int().nonnegative(),
  /** Behind the message and, in an mbox, the blank line that follows it. */
  end: z.int().nonnegative(),
  longestLine: z.int().optional(),
  nul: z.literal(true).optional(),
  eightBitHeader: z.literal(true).optional(),
  /** The source holds no such octets but the parts they were put together from, as this says. */
  synthesis: z.record(z.string(), z.json()).optional(),
});

/** The source renumbered its messages: keys on the lines above mean nothing any more. */
const generationRecord = z.object({ record: z.literal('generation'), generation: z.string() });

/** The same message under the key it has in the new generation. */
const keyRecord = z.object({ record: z.literal('key'), number: z.int().positive(), key: z.string() });

const attributesRecord = z.object({
  record: z.literal('attributes'),
  number: z.int().positive(),
  flags: z.array(z.enum(systemFlags)),
  keywords: z.array(z.string()),
});

/** Since when the source no longer has the message (UTC), or null: it is there again. */
const absentRecord = z.object({
  record: z.literal('absent'),
  number: z.int().positive(),
  since: z.iso.datetime().nullable(),
});

export const sidecarRecord = z.discriminatedUnion('record', [
  folderRecord,
  messageRecord,
  generationRecord,
  keyRecord,
  attributesRecord,
  absentRecord,
]);
export type SidecarRecord = z.infer<typeof sidecarRecord>;
export type FolderRecord = z.infer<typeof folderRecord>;
export type MessageRecord = z.infer<typeof messageRecord>;

export function sidecarLine(record: SidecarRecord): Buffer {
  return Buffer.from(`${JSON.stringify(record)}\n`);
}

export interface LineEntry<R> {
  /** Null for a complete line that is not a record of this format. */
  readonly record: R | null;
  /** Offset just behind the line. */
  readonly end: number;
}
export type SidecarEntry = LineEntry<SidecarRecord>;

export function readSidecar(path: string, start = 0): AsyncGenerator<SidecarEntry> {
  return readRecords(path, sidecarRecord, start);
}

/** The complete lines from `start` on; a torn last line is not yielded. */
export async function* readRecords<R>(path: string, schema: z.ZodType<R>, start = 0): AsyncGenerator<LineEntry<R>> {
  let rest: Buffer = Buffer.alloc(0);
  let end = start;
  const stream = createReadStream(path, { start, highWaterMark: 256 * 1024 });
  const iterator: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await onDisk(path, () => iterator.next());
      if (next.done === true) return;
      const piece = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
      let lineStart = 0;
      for (let lineEnd = piece.indexOf(0x0a); lineEnd >= 0; lineEnd = piece.indexOf(0x0a, lineStart)) {
        end += lineEnd + 1 - lineStart;
        yield { record: parseLine(piece.toString('utf8', lineStart, lineEnd), schema), end };
        lineStart = lineEnd + 1;
      }
      rest = piece.subarray(lineStart);
    }
  } finally {
    // A reader that has seen enough leaves the file open otherwise.
    stream.destroy();
  }
}

function parseLine<R>(line: string, schema: z.ZodType<R>): R | null {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
