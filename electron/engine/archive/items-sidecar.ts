import * as z from 'zod';
import { itemKinds } from '../../../shared/model/item.ts';
import { problemSchema } from '../../../shared/model/job.ts';
import { readRecords } from './sidecar.ts';
import type { LineEntry } from './sidecar.ts';

/**
 * The sidecar of a folder of items: as that of a mail folder (see `sidecar.ts`), one JSON object a line, only ever
 * appended to.
 */
const folderRecord = z.object({
  record: z.literal('folder'),
  version: z.int().positive(),
  folder: z.int().positive(),
  account: z.string(),
  kind: z.enum(itemKinds),
  path: z.array(z.string()),
});

/** Relative to the archive, below one of the directories for items. */
const itemFilePattern =
  /^data\/(?:contacts|calendars|tasks|notes|files|rules|signatures|settings)\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.[a-z0-9]+$/;

export function isItemFile(file: string): boolean {
  return itemFilePattern.test(file);
}

/** A later record of the same key is a later version: the file of the earlier one stays. */
const itemRecord = z.object({
  record: z.literal('item'),
  number: z.int().positive(),
  key: z.string(),
  mark: z.string().nullable(),
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Relative to the archive. An archive may come from anybody: nothing outside its items is ever read for it. */
  file: z.string().regex(itemFilePattern),
  /** As the source has it. */
  name: z.string(),
  mediaType: z.string(),
  /** What of the item the source could not give. */
  problem: problemSchema.optional(),
});

/** The source says that the item changed, and its octets are the same. */
const markRecord = z.object({ record: z.literal('mark'), number: z.int().positive(), mark: z.string().nullable() });

/** Since when the source no longer has the item (UTC), or null: it is there again. */
const absentRecord = z.object({
  record: z.literal('absent'),
  number: z.int().positive(),
  since: z.iso.datetime().nullable(),
});

const itemSidecarRecord = z.discriminatedUnion('record', [folderRecord, itemRecord, markRecord, absentRecord]);
export type ItemSidecarRecord = z.infer<typeof itemSidecarRecord>;
export type ItemFolderRecord = z.infer<typeof folderRecord>;
export type ItemRecord = z.infer<typeof itemRecord>;
export type ItemSidecarEntry = LineEntry<ItemSidecarRecord>;

export function itemSidecarLine(record: ItemSidecarRecord): Buffer {
  return Buffer.from(`${JSON.stringify(record)}\n`);
}

export function readItemSidecar(path: string, start = 0): AsyncGenerator<ItemSidecarEntry> {
  return readRecords(path, itemSidecarRecord, start);
}
