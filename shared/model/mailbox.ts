import * as z from 'zod';
import { folderRoles } from './folder.ts';
import { itemKinds } from './item.ts';
import { problemSchema } from './job.ts';

/** How an account lets a person in: by a password (a code may be asked for after it), or in the system's browser. */
export const signInKinds = ['password', 'browser'] as const;

/**
 * Whether a host may be given the person's password. `named`: the organisation's profile says so. `own`: there is no
 * profile, and the host belongs to the mail address's own domain. The others need the person's word first: `foreign`
 * (another domain, no profile), `unnamed` (a profile that does not name it), `lookalike` (it imitates `resembles`).
 */
export const hostJudgementSchema = z.object({
  verdict: z.enum(['named', 'own', 'foreign', 'unnamed', 'lookalike']),
  resembles: z.string().nullable(),
});
export type HostJudgement = z.infer<typeof hostJudgementSchema>;

/** A server that was found for a mail address, most likely first. */
export const foundAccountSchema = z.object({
  /** As `accountSchema.address`. */
  address: z.string().min(1),
  tls: z.enum(['implicit', 'starttls', 'none-on-loopback']),
  /** For people. */
  host: z.string(),
  signIn: z.enum(signInKinds),
  by: z.enum(['profile', 'lookup', 'typed']),
  judgement: hostJudgementSchema,
});
export type FoundAccount = z.infer<typeof foundAccountSchema>;

export const surveyedFolderSchema = z.object({
  path: z.array(z.string()).min(1),
  role: z.enum(folderRoles).nullable(),
  /** False for a name that only holds other folders. */
  selectable: z.boolean(),
  /** Null until counted, and for good where the server does not tell. */
  messages: z.int().nullable(),
  octets: z.int().nullable(),
});
export type SurveyedFolder = z.infer<typeof surveyedFolderSchema>;

/** The folders of a mailbox with what is in them, as far as known. Folders are whole once `counting` begins. */
export const surveySchema = z.object({
  phase: z.enum(['listing', 'counting', 'done', 'failed']),
  folders: z.array(surveyedFolderSchema),
  /** What there is beside mail, by kind; `items` is null where it is known only once all were seen. */
  items: z.array(z.object({ kind: z.enum(itemKinds), items: z.int().nullable() })),
  /** What cannot be read, what is left out and what had to be assumed, as far as the list of folders tells. */
  remarks: z.array(problemSchema),
  problem: problemSchema.nullable(),
});
export type Survey = z.infer<typeof surveySchema>;
