import * as z from 'zod';
import { jobSnapshotSchema, problemSchema } from './job.ts';

/** An archive as it lies on the disk. */
export const archiveSummarySchema = z.object({
  /** Account addresses without secrets; null where not known. */
  source: z.string().nullable(),
  target: z.string().nullable(),
  mailFormat: z.enum(['mbox', 'eml']),
  sealed: z.boolean(),
  messages: z.int().nonnegative(),
  octets: z.int().nonnegative(),
  /** The latest job, as it was last seen; one that was killed is `interrupted`. */
  lastJob: jobSnapshotSchema.nullable(),
});
export type ArchiveSummary = z.infer<typeof archiveSummarySchema>;

/** What a folder is good for, before anything is written to it. */
export const placeSchema = z.object({
  /** Free octets for this person; null when the system does not tell. */
  freeBytes: z.int().nullable(),
  /** `unreachable`: its disk is not connected, or the folder above it is gone. */
  holds: z.enum(['nothing', 'archive', 'other-files', 'unreachable']),
  /** Set when it holds an archive. */
  archive: archiveSummarySchema.nullable(),
  /** Why nothing can be written there. */
  problem: problemSchema.nullable(),
});
export type Place = z.infer<typeof placeSchema>;
