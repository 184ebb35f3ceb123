import Database from 'better-sqlite3';
import { TravasoError } from '../../../shared/errors.ts';
import { diskProblem } from './disk-problem.ts';

export interface ArchiveLock {
  release(): void;
}

/**
 * Lets one process at a time write to an archive. The lock is an exclusive SQLite transaction on an empty database of
 * its own: SQLite's locks work on every system and most shares, exclude a second opening in the same process too, and
 * are dropped by the operating system when the process dies, however it dies. The file stays behind and means nothing.
 *
 * @throws ARCHIVE_IN_USE, DISK_NOT_WRITABLE
 */
export function lockArchive(path: string): ArchiveLock {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { timeout: 0 });
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    // On read-only media SQLite makes a mere reading transaction of it, which excludes nobody. Never committed.
    db.pragma('user_version = 1');
  } catch (error) {
    db?.close();
    const problem = diskProblem(error, path);
    // A lock file that is no database is somebody else's file; we do not overwrite it.
    if (problem instanceof TravasoError && problem.code === 'ARCHIVE_CATALOGUE_DAMAGED') {
      throw new TravasoError('ARCHIVE_DAMAGED', { path }, { cause: error });
    }
    throw problem;
  }
  const held = db;
  return {
    release: () => {
      held.close();
    },
  };
}
