import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { TravasoError } from '../../../shared/errors.ts';
import { diskProblem } from '../archive/disk-problem.ts';
import { indexTables, indexVersion } from './index-schema.ts';
import type { MetaName } from './index-schema.ts';

/** How long, in milliseconds, one side waits while the other commits or reads. */
const patience = 10_000;

/**
 * Opens the index to be asked. Null when there is nothing in it yet: it is being made at this moment. Not read-only where
 * that can be helped, because a commit that was cut short has to be rolled back before anything can be read.
 *
 * @throws SEARCH_INDEX_DAMAGED when it is no index of this archive and version; disk errors
 */
export function openIndex(
  path: string,
  archiveId: string,
  place: { readonly readOnly: boolean },
): Database.Database | null {
  return guarded(path, { readonly: place.readOnly, fileMustExist: true }, db => {
    if (isEmpty(db)) return false;
    assertOurs(db, path, archiveId);
    db.pragma('query_only = ON');
    return true;
  });
}

/**
 * Opens the index to be written to, made if there is none. No write-ahead log, for the reason the catalogue has none. A
 * lost commit costs nothing but the time to index again, so `synchronous` is less than the catalogue's.
 *
 * @throws as `openIndex`
 */
export function openForIndexing(path: string, archiveId: string): Database.Database {
  const opened = guarded(path, {}, db => {
    if (isEmpty(db)) db.pragma('page_size = 8192');
    db.pragma('journal_mode = TRUNCATE');
    db.pragma('synchronous = NORMAL');
    // A batch fits: what spilled would lock readers out for as long as the batch takes.
    db.pragma('cache_size = -32000');
    db.transaction(() => {
      if (!isEmpty(db)) return;
      db.exec(indexTables);
      db.pragma(`user_version = ${indexVersion}`);
      writeMeta(db, 'archive', archiveId);
    }).immediate();
    assertOurs(db, path, archiveId);
    return true;
  });
  if (opened === null) throw new TravasoError('SEARCH_INDEX_DAMAGED', { path });
  return opened;
}

/** @param prepare false: closed again, and null */
function guarded(
  path: string,
  options: Database.Options,
  prepare: (db: Database.Database) => boolean,
): Database.Database | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { ...options, timeout: patience });
    if (prepare(db)) return db;
    db.close();
    return null;
  } catch (error) {
    db?.close();
    throw indexProblem(error, path);
  }
}

function isEmpty(db: Database.Database): boolean {
  return Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) === 0;
}

function assertOurs(db: Database.Database, path: string, archiveId: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version !== indexVersion || readMeta(db, 'archive') !== archiveId) {
    throw new TravasoError('SEARCH_INDEX_DAMAGED', { path });
  }
}

/** As `diskProblem`, but a damaged index is not a damaged catalogue: it is made again without a word of worry. */
export function indexProblem(error: unknown, path: string): unknown {
  const problem = diskProblem(error, path);
  if (problem instanceof TravasoError && problem.code === 'ARCHIVE_CATALOGUE_DAMAGED') {
    return new TravasoError('SEARCH_INDEX_DAMAGED', { path }, { cause: error });
  }
  return problem;
}

export function deleteIndex(path: string): void {
  // The journal first: left alone it would be rolled back into the next index of that name.
  rmSync(`${path}-journal`, { force: true });
  rmSync(path, { force: true });
}

export function readMeta(db: Database.Database, name: MetaName): string | null {
  const value = db.prepare('SELECT value FROM meta WHERE name = ?').pluck().get(name);
  return typeof value === 'string' ? value : null;
}

export function writeMeta(db: Database.Database, name: MetaName, value: string): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(name, value);
}

/** Messages the index holds, and how many of them not wholly. */
export function indexFigures(db: Database.Database): { done: number; incomplete: number } {
  return {
    done: Number(db.prepare('SELECT coalesce(sum(messages), 0) FROM progress').pluck().get()),
    incomplete: Number(db.prepare('SELECT count(*) FROM places WHERE incomplete IS NOT NULL').pluck().get()),
  };
}
