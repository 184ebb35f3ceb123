import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { names } from '../archive/layout.ts';
import { indexFigures, openIndex, readMeta } from './search-index.ts';

export interface IndexPlace {
  readonly path: string;
  /** Not in the archive, but in this person's cache. */
  readonly elsewhere: boolean;
  readonly readOnly: boolean;
}

export interface PlaceQuestion {
  readonly root: string;
  readonly archiveId: string;
  /** The archive's place takes no files. */
  readonly readOnly: boolean;
  /** Messages the archive holds. */
  readonly total: number;
  readonly cacheFolder: () => string;
}

/**
 * Beside the catalogue where files can be written; else the index an archive brought along to its read-only place, if it
 * is whole; else in the cache.
 */
export function indexPlace({ root, archiveId, readOnly, total, cacheFolder }: PlaceQuestion): IndexPlace {
  const own = join(root, names.searchIndex);
  if (!readOnly) return { path: own, elsewhere: false, readOnly: false };
  if (isWhole(own, archiveId, total)) return { path: own, elsewhere: false, readOnly: true };
  return { path: join(cacheFolder(), names.searchIndex), elsewhere: true, readOnly: false };
}

function isWhole(path: string, archiveId: string, total: number): boolean {
  if (!existsSync(path)) return false;
  try {
    const db = openIndex(path, archiveId, { readOnly: true });
    if (db === null) return false;
    try {
      return readMeta(db, 'complete') !== null && indexFigures(db).done === total;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}
