import type * as z from 'zod';
import { archiveMethods } from './contract/archive-methods.ts';
import { browseMethods } from './contract/browse-methods.ts';
import { fileSourceMethods } from './contract/file-source-methods.ts';
import { doctorMethods } from './contract/doctor-methods.ts';
import { itemMethods } from './contract/item-methods.ts';
import { jobMethods } from './contract/job-methods.ts';
import { mailboxMethods } from './contract/mailbox-methods.ts';
import { messageMethods } from './contract/message-methods.ts';
import { organisationMethods } from './contract/organisation-methods.ts';
import { sealMethods } from './contract/seal-methods.ts';
import { signInMethods } from './contract/sign-in-methods.ts';
import { transferMethods } from './contract/transfer-methods.ts';
import { jobSnapshotSchema } from './model/job.ts';

export type { Account } from './contract/schemas.ts';

/**
 * Everything the engine can be asked, in one table: name → input and output schema. The table is the type, the
 * validator and the documentation; the three transports (worker messages, loopback HTTP, direct calls) carry nothing
 * that does not stand here.
 *
 * No method waits for long work: `….start` answers with a job id, and the job reports itself through events.
 */
export const methods = {
  ...signInMethods,
  ...organisationMethods,
  ...mailboxMethods,
  ...doctorMethods,
  ...fileSourceMethods,
  ...transferMethods,
  ...jobMethods,
  ...archiveMethods,
  ...sealMethods,
  ...browseMethods,
  ...messageMethods,
  ...itemMethods,
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
