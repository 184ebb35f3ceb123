import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { folderRoles } from '../../../shared/model/folder.ts';
import type { FaultPort } from '../ports.ts';
import { removeFile, replaceFile } from './durable-file.ts';
import { names } from './layout.ts';

const folderSchema = z.object({
  path: z.array(z.string()).min(1),
  role: z.enum(folderRoles).nullable(),
  /** In the source's words when it was left out; null when it did not tell. */
  messages: z.int().nonnegative().nullable(),
});
const fileSchema = z.object({ version: z.literal(1), folders: z.array(folderSchema) });
export type LeftOutFolder = z.infer<typeof folderSchema>;

/**
 * The folders of the source that the person left out of this archive. A file that cannot be read counts as none: then
 * the next backup takes too much, never too little.
 */
export async function readLeftOut(root: string): Promise<readonly LeftOutFolder[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(join(root, names.leftOut), 'utf8'))).folders;
  } catch {
    return [];
  }
}

/** Replaces what was recorded; nothing is written where there is nothing to change. */
export async function writeLeftOut(root: string, folders: readonly LeftOutFolder[], faults: FaultPort): Promise<void> {
  const before = await readLeftOut(root);
  if (JSON.stringify(before) === JSON.stringify(folders)) return;
  const path = join(root, names.leftOut);
  if (folders.length === 0) await removeFile(path, faults);
  else await replaceFile(path, `${JSON.stringify({ version: 1, folders }, null, 2)}\n`, faults);
}
