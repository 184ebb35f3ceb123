import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { problemSchema } from '../../../shared/model/job.ts';
import type { ArchiveCheck } from './archive-check.ts';

const fileName = 'checks.json';

const checkSchema = z.object({ finished: z.iso.datetime(), verified: z.int(), problems: z.array(problemSchema) });
const keptSchema = z.record(z.string(), checkSchema);

/**
 * Remembers the last check of a copy that lies where nothing can be written, for the reports to come.
 *
 * @param folder of the archive in the person's cache
 * @param root of the copy: copies of one archive share the folder, and a check speaks of one of them
 */
export function keepCheck(folder: string, root: string, check: ArchiveCheck): void {
  const path = join(folder, fileName);
  writeFileSync(`${path}.part`, JSON.stringify({ ...readKept(folder), [root]: check }), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** Null when nothing is known. What the cache has lost can be found out again by another check. */
export function keptCheck(folder: string, root: string): ArchiveCheck | null {
  return readKept(folder)[root] ?? null;
}

function readKept(folder: string): z.infer<typeof keptSchema> {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')));
  } catch {
    return {};
  }
}
