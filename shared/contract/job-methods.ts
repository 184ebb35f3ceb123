import * as z from 'zod';
import { folderProgressSchema } from '../model/folder-progress.ts';
import { itemFiguresSchema, itemOutcomesSchema } from '../model/item.ts';
import { jobExceptionSchema, jobKinds, jobSnapshotSchema, messageFiguresSchema } from '../model/job.ts';
import { uploadPlanSchema } from '../model/upload-plan.ts';
import { job, path } from './schemas.ts';

/** Jobs that were started, by their id. */
export const jobMethods = {
  'jobs.list': { input: z.object({ archive: path }), output: z.array(jobSnapshotSchema) },
  'jobs.get': { input: job, output: jobSnapshotSchema },
  /** How a job ended, once it rests: figures, every exception by name, and what its kind adds. */
  'jobs.result': {
    input: job,
    output: z.object({
      kind: z.enum(jobKinds),
      figures: messageFiguresSchema,
      exceptions: z.array(jobExceptionSchema),
      plan: uploadPlanSchema.nullable(),
      /** SHA-256 of the bag's manifest, where the job sealed or read it. */
      manifestSha256: z.string().nullable(),
      /** Files the job wrote for the person (an export). */
      written: z.array(z.string()),
      /** Contacts, appointments and the like by kind; absent when the job did not look at any. */
      itemFigures: itemFiguresSchema.exactOptional(),
      /** What became of them at a target; absent when the job carried and proved none. */
      itemOutcomes: itemOutcomesSchema.exactOptional(),
    }),
  },
  /** Stops at the next safe point and keeps what is done. Ends as `paused`; starting the same again goes on. */
  'jobs.pause': { input: job, output: z.object({}) },
  /** Ends a wait for a line now. One that a server asked for (`retryAfterMs` > 0) goes on. */
  'jobs.retryNow': { input: job, output: z.object({}) },
  'jobs.cancel': { input: job, output: z.object({}) },
  /** Every folder of a job, in the order it works on them. For a screen that is being looked at: ask once a second. */
  'jobs.folders': { input: job, output: z.array(folderProgressSchema) },
} as const;
