import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sealOf } from './bag.ts';
import { openCatalogue } from './catalogue/catalogue.ts';
import type { FaultPort } from '../ports.ts';
import { allFiles } from './catalogue/file-table.ts';
import { allFolders } from './catalogue/folder-table.ts';
import { onDisk } from './disk-problem.ts';
import { syncDirectory } from './durable-file.ts';
import { names, resolveIn } from './layout.ts';
import { replayItems } from './items-recover.ts';
import { replayAll } from './replay-sidecar.ts';

const journalNames = [
  'jobs',
  'folder_figures',
  'item_figures',
  'exceptions',
  'targets',
  'target_folders',
  'uploads',
  'item_target_folders',
  'item_uploads',
] as const;
/** What came after the first version of the catalogue. */
const laterNames: ReadonlySet<string> = new Set(['item_figures', 'item_target_folders', 'item_uploads']);

export interface Rebuilt {
  readonly folders: number;
  readonly messages: number;
  readonly files: number;
  /** Sidecar lines that could not be read, by file. */
  readonly brokenLines: readonly { readonly file: string; readonly lines: number }[];
  /** Whether the jobs and the upload ledger of the old catalogue could be carried over. */
  readonly journalKept: boolean;
}

/**
 * Makes a new catalogue from the sidecars. Works beside the old one and replaces it at the end. The journal is carried
 * over if the old catalogue can still be read; without it, the next upload recognises by their content the messages
 * that are at the target already.
 *
 * @param into folder for the catalogue, where it is not to lie in the archive: on read-only media
 */
export async function rebuildCatalogue(
  root: string,
  ports: { readonly faults: FaultPort },
  into = root,
): Promise<Rebuilt> {
  const path = join(into, names.catalogue);
  const beside = `${path}.new`;
  for (const leftover of [beside, `${beside}-journal`]) await onDisk(leftover, () => rm(leftover, { force: true }));

  const catalogue = openCatalogue(beside, ports.faults, 'write');
  const sealed = (await sealOf(root)) !== null;
  const brokenLines: { file: string; lines: number }[] = [];
  let rebuilt: Rebuilt;
  try {
    const entries = await onDisk(root, () => readdir(resolveIn(root, names.mail)).catch(() => []));
    for (const entry of entries.filter(name => name.endsWith('.jsonl')).sort()) {
      const stem = entry.slice(0, -'.jsonl'.length);
      const replayed = await replayAll({ root, catalogue, stem, from: 0, sealed });
      if (replayed.brokenLines > 0) brokenLines.push({ file: `${names.mail}/${entry}`, lines: replayed.brokenLines });
    }
    brokenLines.push(...(await replayItems({ root, catalogue, sealed })));
    const journalKept = copyJournal(path, catalogue.db);
    rebuilt = {
      folders: allFolders(catalogue.db).length,
      messages: Number(catalogue.db.prepare('SELECT count(*) FROM messages').pluck().get()),
      files: allFiles(catalogue.db).length,
      brokenLines,
      journalKept,
    };
  } finally {
    catalogue.close();
  }
  ports.faults.reached('archive.replace', 'before');
  await onDisk(path, async () => {
    // An old journal file belongs to the old catalogue and would be rolled back into the new one.
    await rm(`${path}-journal`, { force: true });
    await rename(beside, path);
    await syncDirectory(into);
  });
  ports.faults.reached('archive.replace', 'after');
  return rebuilt;
}

/** Copies the tables that exist nowhere else. False when the old catalogue is not there or cannot be read. */
function copyJournal(oldPath: string, into: Database.Database): boolean {
  let old: Database.Database;
  try {
    old = new Database(oldPath, { fileMustExist: true });
  } catch {
    return false;
  }
  try {
    const copy = into.transaction(() => {
      const held = old.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
      for (const table of journalNames) {
        // A catalogue of an earlier version lacks what came later. One that lacks more is no catalogue.
        if (laterNames.has(table) && !held.includes(table)) continue;
        const columns = old.prepare(`SELECT * FROM ${table}`).columns().length;
        const insert = into.prepare(
          `INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`,
        );
        for (const row of old.prepare(`SELECT * FROM ${table}`).raw().iterate()) insert.run(row);
      }
    });
    copy.immediate();
    return true;
  } catch {
    return false;
  } finally {
    old.close();
  }
}
