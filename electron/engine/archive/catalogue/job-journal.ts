import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { jobExceptionSchema, jobKinds, jobStatuses, messageFiguresSchema } from '../../../../shared/model/job.ts';
import { itemCountsSchema, itemOutcomeCountsSchema, itemOutcomesSchema } from '../../../../shared/model/item.ts';
import type { ItemCounts, ItemOutcomeCounts } from '../../../../shared/model/item.ts';
import type { JobException } from '../../../../shared/model/job.ts';

/** That a job restores a selection, or proves one, and which. */
const restoreRecordSchema = z.object({
  /** See `Restore`. */
  under: z.array(z.string()),
  query: z.string().nullable(),
  /** How many messages were pointed at; null: none one by one. */
  messages: z.int().nullable(),
  /** Tells one request from another: what was interrupted goes on by the same request only. */
  key: z.string(),
});
export type RestoreRecord = z.infer<typeof restoreRecordSchema>;

/** What is remembered of a job between two lives of the process. Parsed before use: stored jobs are untrusted input. */
export const jobRecordSchema = z.object({
  id: z.uuid(),
  kind: z.enum(jobKinds),
  status: z.enum(jobStatuses),
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  /** Account it reads from or writes to, null for work on the archive alone. */
  account: z.string().nullable(),
  figures: messageFiguresSchema,
  itemOutcomes: itemOutcomesSchema.exactOptional(),
  octets: z.int(),
  elapsedMs: z.number(),
  /** SHA-256 of the manifest, where the job sealed or checked the bag. */
  manifestSha256: z.string().nullable(),
  problem: jobExceptionSchema.shape.problem.nullable(),
  restore: restoreRecordSchema.exactOptional(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

export function putJob(db: Database, record: JobRecord): void {
  db.prepare(
    `INSERT INTO jobs VALUES (:id, :kind, :status, :created, :updated, :record)
     ON CONFLICT (id) DO UPDATE SET status = :status, updated = :updated, record = :record`,
  ).run({
    id: record.id,
    kind: record.kind,
    status: record.status,
    created: record.created,
    updated: record.updated,
    record: JSON.stringify(record),
  });
}

/** Oldest first. A row that no longer parses is left out: it belongs to no version of the product that can use it. */
export function allJobs(db: Database): JobRecord[] {
  return db
    .prepare('SELECT record FROM jobs ORDER BY created, rowid')
    .pluck()
    .all()
    .flatMap(record => {
      const parsed = jobRecordSchema.safeParse(JSON.parse(z.string().parse(record)));
      return parsed.success ? [parsed.data] : [];
    });
}

/** Counts of one folder in one job, by name; each was counted where it happened. */
const folderFiguresSchema = z.record(z.string(), z.int());
export type FolderFigures = z.infer<typeof folderFiguresSchema>;

export function putFolderFigures(db: Database, jobId: string, folderId: number, figures: FolderFigures): void {
  db.prepare('INSERT OR REPLACE INTO folder_figures VALUES (?, ?, ?)').run(jobId, folderId, JSON.stringify(figures));
}

export function folderFiguresOf(db: Database, jobId: string): Map<number, FolderFigures> {
  const rows = z
    .array(z.object({ folder_id: z.int(), figures: z.string() }))
    .parse(db.prepare('SELECT folder_id, figures FROM folder_figures WHERE job_id = ?').all(jobId));
  return new Map(rows.map(row => [row.folder_id, folderFiguresSchema.parse(JSON.parse(row.figures))]));
}

export function addException(db: Database, jobId: string, exception: JobException): void {
  db.prepare('INSERT INTO exceptions (job_id, exception) VALUES (?, ?)').run(jobId, JSON.stringify(exception));
}

export function exceptionsOf(db: Database, jobId: string): JobException[] {
  return db
    .prepare('SELECT exception FROM exceptions WHERE job_id = ? ORDER BY id')
    .pluck()
    .all(jobId)
    .map(exception => jobExceptionSchema.parse(JSON.parse(z.string().parse(exception))));
}

export function clearExceptions(db: Database, jobId: string): void {
  db.prepare('DELETE FROM exceptions WHERE job_id = ?').run(jobId);
}

export function putItemFigures(db: Database, jobId: string, folderId: number, counts: ItemCounts): void {
  db.prepare('INSERT OR REPLACE INTO item_figures VALUES (?, ?, ?)').run(jobId, folderId, JSON.stringify(counts));
}

/** Counts of folders of items in one backup, by the folder's number. */
export function itemFiguresOf(db: Database, jobId: string): Map<number, ItemCounts> {
  const rows = z
    .array(z.object({ folder_id: z.int(), figures: z.string() }))
    .parse(db.prepare('SELECT folder_id, figures FROM item_figures WHERE job_id = ?').all(jobId));
  return new Map(rows.map(row => [row.folder_id, itemCountsSchema.parse(JSON.parse(row.figures))]));
}

/** The same of an upload or its proof. */
export function putItemOutcomes(db: Database, jobId: string, folderId: number, counts: ItemOutcomeCounts): void {
  db.prepare('INSERT OR REPLACE INTO item_figures VALUES (?, ?, ?)').run(jobId, folderId, JSON.stringify(counts));
}

export function itemOutcomesOf(db: Database, jobId: string): Map<number, ItemOutcomeCounts> {
  const rows = z
    .array(z.object({ folder_id: z.int(), figures: z.string() }))
    .parse(db.prepare('SELECT folder_id, figures FROM item_figures WHERE job_id = ?').all(jobId));
  return new Map(rows.map(row => [row.folder_id, itemOutcomeCountsSchema.parse(JSON.parse(row.figures))]));
}
