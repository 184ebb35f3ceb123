import Database from 'better-sqlite3';
import { TravasoError } from '../../../../shared/errors.ts';
import type { FaultPort } from '../../ports.ts';
import { diskProblem } from '../disk-problem.ts';
import { catalogueVersion, journalTables, rebuiltTables, tablesSince2, tablesSince3 } from './schema.ts';

/** An open `catalogue.sqlite`. The tables' own modules hold the queries; this one opens, commits and closes. */
export interface Catalogue {
  readonly db: Database.Database;
  readonly path: string;
  /** Runs `changes` in one transaction and makes them permanent. Throws disk errors as their code. */
  commit<T>(changes: () => T): T;
  close(): void;
}

/**
 * Opens or creates the catalogue. No write-ahead log: its shared memory does not work on network shares (SQLite,
 * "Write-Ahead Logging"), and with a handful of commits a second nothing is gained by it. `synchronous=FULL`, because a
 * commit is the moment a message counts as saved.
 *
 * @throws ARCHIVE_CATALOGUE_DAMAGED when the file is not a catalogue that can be read; `rebuild` makes a new one
 */
export function openCatalogue(path: string, faults: FaultPort, mode: 'write' | 'read'): Catalogue {
  return guarded(path, () => {
    if (mode === 'read') rollBackIfTorn(path);
    const db = new Database(path, mode === 'read' ? { readonly: true, fileMustExist: true } : { timeout: 2000 });
    try {
      if (mode === 'write') {
        db.pragma('journal_mode = TRUNCATE');
        db.pragma('synchronous = FULL');
      }
      db.pragma('cache_size = -16000');
      prepareTables(db, path, mode);
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      path,
      commit: changes => {
        faults.reached('catalogue.commit', 'before');
        const result = guarded(path, () => db.transaction(changes).immediate());
        faults.reached('catalogue.commit', 'after');
        return result;
      },
      close: () => {
        // Truncated journals are left behind as empty files; an archive on a stick should not show them.
        if (mode === 'write' && db.open) tryToTidy(db);
        db.close();
      },
    };
  });
}

/**
 * A process that was killed within a commit leaves a journal behind that has to be rolled back before anything can be
 * read, which a read-only connection must not do (SQLite, SQLITE_READONLY_ROLLBACK). Without this an archive could not
 * be looked at, nor the interrupted job be offered, until something wrote to it.
 */
function rollBackIfTorn(path: string): void {
  const look = (readonly: boolean): unknown => {
    const db = new Database(path, { readonly, fileMustExist: true });
    try {
      return db.pragma('user_version');
    } finally {
      db.close();
    }
  };
  try {
    look(true);
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_READONLY_ROLLBACK') throw error;
    look(false);
  }
}

function prepareTables(db: Database.Database, path: string, mode: 'write' | 'read'): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version === catalogueVersion) return;
  if (version > catalogueVersion) throw new TravasoError('ARCHIVE_NEWER', { path, version });
  if (version >= 1) {
    addTables(db, version, mode);
    return;
  }
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (tables > 0 || mode === 'read') throw new TravasoError('ARCHIVE_CATALOGUE_DAMAGED', { path });
  db.transaction(() => {
    db.exec(rebuiltTables);
    db.exec(journalTables);
    db.exec(tablesSince2);
    db.exec(tablesSince3);
    db.pragma(`user_version = ${catalogueVersion}`);
  }).immediate();
}

/**
 * A catalogue of an earlier version lacks tables and nothing else. One that may not be written to is given them as temporary
 * ones, so that an older archive can be looked at and checked on any medium.
 */
function addTables(db: Database.Database, version: number, mode: 'write' | 'read'): void {
  const missing = (version < 2 ? tablesSince2 : '') + tablesSince3;
  if (mode === 'read') {
    db.exec(
      missing
        .replaceAll('CREATE TABLE ', 'CREATE TEMP TABLE ')
        .replaceAll('CREATE UNIQUE INDEX ', 'CREATE UNIQUE INDEX temp.'),
    );
    return;
  }
  db.transaction(() => {
    db.exec(missing);
    db.pragma(`user_version = ${catalogueVersion}`);
  }).immediate();
}

function guarded<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw diskProblem(error, path);
  }
}

function tryToTidy(db: Database.Database): void {
  try {
    db.pragma('journal_mode = DELETE');
  } catch {
    // The disk may be full or gone: an empty file more or less does not matter then.
  }
}
