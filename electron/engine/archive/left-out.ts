import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { folderRoles } from '../../../shared/model/folder.ts';
import { itemKinds } from '../../../shared/model/item.ts';
import type { FaultPort } from '../ports.ts';
import { removeFile, replaceFile } from './durable-file.ts';
import { names } from './layout.ts';

const folderSchema = z.object({
  path: z.array(z.string()).min(1),
  role: z.enum(folderRoles).nullable(),
  /** In the source's words when it was left out; null when it did not tell. */
  messages: z.int().nonnegative().nullable(),
});
/** What there is beside mail and was left out as a whole kind. */
const itemsSchema = z.object({
  kind: z.enum(itemKinds),
  /** As `messages` of a folder. */
  items: z.int().nonnegative().nullable(),
});
const fileSchema = z.object({
  version: z.literal(1),
  folders: z.array(folderSchema),
  items: z.array(itemsSchema).default([]),
});
export type LeftOutFolder = z.infer<typeof folderSchema>;
export type LeftOutItems = z.infer<typeof itemsSchema>;

export interface LeftOut {
  readonly folders: readonly LeftOutFolder[];
  readonly items: readonly LeftOutItems[];
}

/**
 * What of the source the person left out of this archive: folders of mail, and kinds of what is no mail. A file that
 * cannot be read counts as nothing left out: then the next backup takes too much, never too little.
 */
export async function readLeftOut(root: string): Promise<LeftOut> {
  try {
    const { folders, items } = fileSchema.parse(JSON.parse(await readFile(join(root, names.leftOut), 'utf8')));
    return { folders, items };
  } catch {
    return { folders: [], items: [] };
  }
}

/** Replaces what was recorded of what is named; nothing is written where there is nothing to change. */
export async function writeLeftOut(root: string, said: Partial<LeftOut>, faults: FaultPort): Promise<void> {
  const before = await readLeftOut(root);
  const folders = said.folders ?? before.folders;
  const items = said.items ?? before.items;
  if (JSON.stringify([before.folders, before.items]) === JSON.stringify([folders, items])) return;
  const path = join(root, names.leftOut);
  if (folders.length + items.length === 0) {
    await removeFile(path, faults);
    return;
  }
  const file = { version: 1, folders, ...(items.length === 0 ? {} : { items }) };
  await replaceFile(path, `${JSON.stringify(file, null, 2)}\n`, faults);
}
