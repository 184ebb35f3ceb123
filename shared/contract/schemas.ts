import * as z from 'zod';

/**
 * An absolute path. In the window and the web host only one that the person picked: they find these fields by their
 * role, so a new method is guarded without being listed anywhere.
 */
export const path = z.string().min(1).meta({ role: 'path' });

export const tls = z.enum(['implicit', 'starttls', 'none-on-loopback']);

/** A mail server account, by address; its secret was given before, to `signIn.password`, and is named by the id. */
export const accountSchema = z.object({
  address: z.string().min(1).meta({ role: 'address' }),
  /** Null for sources that are files. */
  signInId: z.uuid().nullable(),
  /** Overrides what the address implies. */
  tls: tls.optional(),
  /** A PEM file with a further certificate authority to trust. */
  caFile: path.optional(),
  /** Which folders that others share with this mailbox are to be read too, as patterns; none when absent. */
  sharedFolders: z.array(z.string()).optional(),
});
export type Account = z.infer<typeof accountSchema>;

/** Patterns over folder names with `/` between segments: `*` within a segment, `**` across. Empty: all folders. */
export const folders = z.array(z.string()).default([]);

export const started = z.object({ jobId: z.uuid() });
export const job = z.object({ jobId: z.uuid() });

/**
 * What of an archive is restored: some messages, the result of a search, or (`under` alone) whole folders to another
 * place. Null for an upload as a migration does it.
 */
export const selection = z
  .object({
    /** Exactly these. Null: not chosen one by one. */
    messages: z.array(z.object({ folder: z.int(), number: z.int() })).nullable(),
    /** As for `messages.search`. Null: not by a search. With `messages`, what is of both. */
    query: z.string().nullable(),
    /** A folder of the target below which everything goes, with its old tree kept. Null: to its old folders. */
    under: z.string().min(1).nullable(),
  })
  .nullable()
  .default(null);
export type Selection = z.output<typeof selection>;
