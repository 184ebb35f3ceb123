import * as z from 'zod';
import { jobExceptionSchema, jobKinds, jobSnapshotSchema, messageFiguresSchema } from './model/job.ts';
import { reportSchema } from './model/report.ts';
import { uploadPlanSchema } from './model/upload-plan.ts';

/**
 * Everything the engine can be asked, in one table: name → input and output schema. The table is the type, the
 * validator and the documentation; the three transports (worker messages, loopback HTTP, direct calls) carry nothing
 * that does not stand here.
 *
 * No method waits for long work: `….start` answers with a job id, and the job reports itself through events.
 */

/** An absolute path. In the window and the web host only one that the person picked. */
const path = z.string().min(1);

const tls = z.enum(['implicit', 'starttls', 'none-on-loopback']);

/** A mail server account, by address; its secret was given before, to `signIn.password`, and is named by the id. */
export const accountSchema = z.object({
  address: z.string().min(1),
  /** Null for sources that are files. */
  signInId: z.uuid().nullable(),
  /** Overrides what the address implies. */
  tls: tls.optional(),
  /** A PEM file with a further certificate authority to trust. */
  caFile: path.optional(),
});
export type Account = z.infer<typeof accountSchema>;

/** Patterns over folder names with `/` between segments: `*` within a segment, `**` across. Empty: all folders. */
const folders = z.array(z.string()).default([]);

const started = z.object({ jobId: z.uuid() });
const job = z.object({ jobId: z.uuid() });

export const methods = {
  /** Keeps a password in memory (or the keychain) for jobs to sign in with; it never comes back out. */
  'signIn.password': { input: z.object({ password: z.string() }), output: z.object({ signInId: z.uuid() }) },
  'signIn.forget': { input: z.object({ signInId: z.uuid() }), output: z.object({}) },

  'backup.start': {
    input: z.object({ archive: path, source: accountSchema, format: z.enum(['mbox', 'eml']).nullable(), folders }),
    output: started,
  },
  'upload.start': {
    input: z.object({ archive: path, target: accountSchema, folders, mapFile: path.nullable() }),
    output: started,
  },
  /** What an upload would do and everything it expects the target to refuse. Sends nothing. */
  'upload.plan': {
    input: z.object({ archive: path, target: accountSchema, folders, mapFile: path.nullable() }),
    output: started,
  },
  /** Checks the archive; with a target, also every message that was uploaded there. */
  'verify.start': {
    input: z.object({ archive: path, target: accountSchema.nullable() }),
    output: started,
  },
  'export.start': {
    input: z.object({ archive: path, to: path, format: z.enum(['mbox', 'eml', 'zip']), folders }),
    output: started,
  },
  'rebuild.start': { input: z.object({ archive: path }), output: started },

  'report.read': { input: z.object({ archive: path }), output: reportSchema },
  'report.write': {
    input: z.object({ archive: path, out: path, language: z.enum(['it', 'en']) }),
    output: z.object({ outcome: z.enum(['complete', 'partial', 'incomplete']) }),
  },

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
    }),
  },
  /** Stops at the next safe point and keeps what is done. Ends as `paused`; starting the same again goes on. */
  'jobs.pause': { input: job, output: z.object({}) },
  'jobs.cancel': { input: job, output: z.object({}) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

/** Snapshots of jobs, at most five a second each, the last one always delivered. */
export const events = { 'job.changed': jobSnapshotSchema } as const;

export type MethodName = keyof typeof methods;
export type Input<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
export type Output<M extends MethodName> = z.output<(typeof methods)[M]['output']>;

/** What every transport offers and the engine implements. Methods reject with a `TravasoError` only. */
export type Api = {
  readonly [M in MethodName]: (input: Input<M>) => Promise<Output<M>>;
};

export interface EngineEvents {
  /** The current snapshot of every live job is delivered at once, then each change. Returns the way to stop. */
  subscribe(listener: (snapshot: z.infer<typeof jobSnapshotSchema>) => void): () => void;
}
