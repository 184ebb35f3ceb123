import { TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  // A file past what the file system can hold (FAT32, 4 GiB). Roll-over prevents it; one message can still be too big.
  EFBIG: 'DISK_FULL',
  EROFS: 'DISK_NOT_WRITABLE',
  EACCES: 'DISK_NOT_WRITABLE',
  EPERM: 'DISK_NOT_WRITABLE',
  ENOENT: 'DISK_NOT_WRITABLE',
  ENOTDIR: 'DISK_NOT_WRITABLE',
  EISDIR: 'DISK_NOT_WRITABLE',
  ENAMETOOLONG: 'DISK_NOT_WRITABLE',
  // The stick was pulled out, the share went away.
  ENODEV: 'DISK_FAILED',
  EIO: 'DISK_FAILED',
  ESTALE: 'DISK_FAILED',
  ENXIO: 'DISK_FAILED',
  // SQLite's own words for the same (https://sqlite.org/rescode.html).
  SQLITE_FULL: 'DISK_FULL',
  SQLITE_READONLY: 'DISK_NOT_WRITABLE',
  SQLITE_CANTOPEN: 'DISK_NOT_WRITABLE',
  SQLITE_IOERR: 'DISK_FAILED',
  SQLITE_CORRUPT: 'ARCHIVE_CATALOGUE_DAMAGED',
  SQLITE_NOTADB: 'ARCHIVE_CATALOGUE_DAMAGED',
  SQLITE_BUSY: 'ARCHIVE_IN_USE',
  SQLITE_LOCKED: 'ARCHIVE_IN_USE',
};

/** What a failed file or SQLite call means for the person; an error that is neither is passed through unchanged. */
export function diskProblem(error: unknown, path: string): unknown {
  if (error instanceof TravasoError || !(error instanceof Error) || !('code' in error)) return error;
  const systemCode = String(error.code);
  // SQLite's extended codes (SQLITE_IOERR_WRITE) mean the same for us as the primary ones.
  const primary = /^SQLITE_[A-Z]+/.exec(systemCode)?.[0] ?? systemCode;
  const code = codes[primary];
  return code === undefined ? error : new TravasoError(code, { path, systemCode }, { cause: error });
}

/** Runs a file operation and throws what its failure means. */
export async function onDisk<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw diskProblem(error, path);
  }
}
