import * as z from 'zod';
import { folderProgressSchema } from './model/folder-progress.ts';
import { jobExceptionSchema, jobKinds, jobSnapshotSchema, messageFiguresSchema } from './model/job.ts';
import { foundAccountSchema, surveySchema } from './model/mailbox.ts';
import { placeSchema } from './model/place.ts';
import { reportSchema } from './model/report.ts';
import { uploadPlanSchema } from './model/upload-plan.ts';

/**
 * Everything the engine can be asked, in one table: name → input and output schema. The table is the type, the
 * validator and the documentation; the three transports (worker messages, loopback HTTP, direct calls) carry nothing
 * that does not stand here.
 *
 * No method waits for long work: `….start` answers with a job id, and the job reports itself through events.
 */

/**
 * An absolute path. In the window and the web host only one that the person picked: they find these fields by their
 * role, so a new method is guarded without being listed anywhere.
 */
const path = z.string().min(1).meta({ role: 'path' });

const tls = z.enum(['implicit', 'starttls', 'none-on-loopback']);

/** A mail server account, by address; its secret was given before, to `signIn.password`, and is named by the id. */
export const accountSchema = z.object({
  address: z.string().min(1).meta({ role: 'address' }),
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
  /** Every folder of a job, in the order it works on them. For a screen that is being looked at: ask once a second. */
  'jobs.folders': { input: job, output: z.array(folderProgressSchema) },

  /** The organisation's profile, if one was installed. `helpDesk` is how to reach it, in its own words. */
  'organisation.read': {
    input: z.object({}),
    output: z.object({ name: z.string().nullable(), helpDesk: z.string().nullable() }),
  },
  /** Servers for a mail address, from the profile, the network or the name typed. None found is an empty list. */
  'account.find': {
    input: z.object({ mail: z.string(), server: z.string().nullable(), role: z.enum(['source', 'target']) }),
    output: z.object({ accounts: z.array(foundAccountSchema) }),
  },
  /** Connects, signs in and hangs up; within a minute, one way or the other. */
  'account.check': { input: z.object({ account: accountSchema }), output: z.object({}) },
  /** Lists and counts the folders of a mailbox; `survey.read` tells how far it is. Forgotten with the engine. */
  'survey.start': { input: z.object({ source: accountSchema }), output: z.object({ surveyId: z.uuid() }) },
  'survey.read': { input: z.object({ surveyId: z.uuid() }), output: surveySchema },

  /** Remembers which folders the next `backup.start` with no patterns leaves out. Exactly these, not what is below. */
  'folders.leaveOut': {
    input: z.object({ archive: path, folders: z.array(z.array(z.string()).min(1)) }),
    output: z.object({}),
  },
  /** Writes the person's folder map beside the journal, for `upload.plan` and `upload.start`. */
  'map.write': {
    input: z.object({
      archive: path,
      entries: z.array(z.object({ path: z.array(z.string()).min(1), target: z.array(z.string()).min(1) })),
    }),
    output: z.object({ mapFile: path }),
  },

  /** Looks at a folder, which need not exist yet: room, and the archive in it if there is one. Writes nothing. */
  'archive.inspect': { input: z.object({ path }), output: placeSchema },

  /** What a help desk may see: versions, codes, figures; no addresses, subjects or folder names. */
  'diagnostics.read': { input: z.object({}), output: z.object({ text: z.string() }) },
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
