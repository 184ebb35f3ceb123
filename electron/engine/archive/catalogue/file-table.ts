import type { Database } from 'better-sqlite3';
import * as z from 'zod';

/** An mbox file or a sidecar. */
export interface ArchivedFile {
  readonly id: number;
  /** Relative to the archive, with `/`. */
  readonly path: string;
  /** Committed length: what lies beyond is a torn end. */
  readonly octets: number;
  readonly sealed: { readonly sha256: string; readonly octets: number } | null;
}

const rowSchema = z.object({
  id: z.int(),
  path: z.string(),
  octets: z.int(),
  sealed_sha256: z.string().nullable(),
  sealed_octets: z.int().nullable(),
});

function fromRow(row: unknown): ArchivedFile {
  const { id, path, octets, sealed_sha256: sha256, sealed_octets: sealedOctets } = rowSchema.parse(row);
  return {
    id,
    path,
    octets,
    sealed: sha256 === null || sealedOctets === null ? null : { sha256, octets: sealedOctets },
  };
}

export function allFiles(db: Database): ArchivedFile[] {
  return db.prepare('SELECT * FROM files ORDER BY path').all().map(fromRow);
}

export function findFile(db: Database, path: string): ArchivedFile | null {
  const row = db.prepare('SELECT * FROM files WHERE path = ?').get(path);
  return row === undefined ? null : fromRow(row);
}

/** Records the committed length, and gives the file's id. */
export function putFile(db: Database, path: string, octets: number): number {
  return Number(
    db
      .prepare(
        'INSERT INTO files (path, octets) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET octets = excluded.octets RETURNING id',
      )
      .pluck()
      .get(path, octets),
  );
}

export function putSeal(db: Database, path: string, sha256: string, octets: number): void {
  db.prepare('UPDATE files SET sealed_sha256 = ?, sealed_octets = ? WHERE path = ?').run(sha256, octets, path);
}
