import * as z from 'zod';
import { errorCodes } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { itemOutcomesSchema } from './item.ts';

export const jobKinds = ['backup', 'plan', 'upload', 'verify', 'export', 'rebuild', 'seal', 'unseal'] as const;
export type JobKind = (typeof jobKinds)[number];

export const jobStatuses = [
  'queued',
  'running',
  'pausing',
  'paused',
  'cancelling',
  'cancelled',
  'interrupted',
  'succeeded',
  'partial',
  'failed',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** Statuses in which nothing goes on and nothing will without being asked. */
export const restingStatuses: readonly JobStatus[] = [
  'paused',
  'cancelled',
  'interrupted',
  'succeeded',
  'partial',
  'failed',
];

export const problemSchema = z.object({
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  retryAfterMs: z.number().optional(),
});

/** Messages by what became of them. Every figure is counted where it happens; none is a difference of two others. */
export const messageFiguresSchema = z.object({
  /** At the source (backup) or in the archive within the chosen folders (upload, verify). */
  found: z.int(),
  /** Written to the archive by this run. */
  stored: z.int(),
  /** In the archive, or at the target, before this run. */
  alreadyPresent: z.int(),
  /** Accepted by the target in this run. */
  uploaded: z.int(),
  /** Proved: re-hashed in the archive, or compared at the target. */
  verified: z.int(),
  /** Not stored or not uploaded, each with its reason among the exceptions. */
  setAside: z.int(),
});
export type MessageFigures = z.infer<typeof messageFiguresSchema>;

export const noMessages: MessageFigures = {
  found: 0,
  stored: 0,
  alreadyPresent: 0,
  uploaded: 0,
  verified: 0,
  setAside: 0,
};

export const jobPhases = [
  'connecting',
  'listing',
  'counting',
  'transferring',
  'sealing',
  'checking',
  'waiting',
] as const;
export type JobPhase = (typeof jobPhases)[number];

export const jobProgressSchema = z.object({
  phase: z.enum(jobPhases),
  /** Display name of the folder at hand. */
  folder: z.string().nullable(),
  /** Work of this run: messages and octets still to handle at its start (null until counted) and handled so far. */
  messages: z.object({ done: z.int(), total: z.int().nullable() }),
  octets: z.object({ done: z.int(), total: z.int().nullable() }),
  /** Set while waiting and then until something is achieved: what for, and when it is or was tried again (UTC). */
  waiting: z.object({ problem: problemSchema, until: z.iso.datetime() }).nullable(),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;

/** What an observer needs to show a job: the whole of it, so that the last one seen is always enough. */
export const jobSnapshotSchema = z.object({
  id: z.uuid(),
  kind: z.enum(jobKinds),
  status: z.enum(jobStatuses),
  /** Folder of the archive it works on. */
  archive: z.string(),
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  progress: jobProgressSchema,
  figures: messageFiguresSchema,
  /** Contacts, appointments and the like, of an upload, its proof or a check of the archive; absent while there were none to look at. */
  itemOutcomes: itemOutcomesSchema.exactOptional(),
  /** Octets of messages transferred or checked by this run. */
  octets: z.int(),
  /** Monotonic milliseconds this run has worked, waiting not counted. */
  workedMs: z.number(),
  /** Monotonic milliseconds since this run began. */
  elapsedMs: z.number(),
  exceptions: z.int(),
  /** It restores a selection, or proves one: no step of the migration. */
  restore: z.literal(true).exactOptional(),
  /** Why it failed or stopped by itself. */
  problem: problemSchema.nullable(),
});
export type JobSnapshot = z.infer<typeof jobSnapshotSchema>;

/** Something that did not go as it should for one message, folder or keyword, by name. */
export const jobExceptionSchema = z.object({
  problem: problemSchema,
  folder: z.array(z.string()).nullable(),
  /** Number of the message in its archive folder, when it is in the archive. */
  number: z.int().nullable(),
  /** Key of the message at the source or target, when that is how it is known. */
  key: z.string().nullable(),
});
export type JobException = z.infer<typeof jobExceptionSchema>;
