import * as z from 'zod';
import { folderRoles } from './folder.ts';
import { problemSchema } from './job.ts';

/** How an account lets a person in. Further kinds (a code, the browser) come with the adapters that know them. */
export const signInKinds = ['password'] as const;

/** A server that was found for a mail address, most likely first. */
export const foundAccountSchema = z.object({
  /** As `accountSchema.address`. */
  address: z.string().min(1),
  tls: z.enum(['implicit', 'starttls', 'none-on-loopback']),
  /** For people. */
  host: z.string(),
  signIn: z.enum(signInKinds),
  by: z.enum(['profile', 'lookup', 'typed']),
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
  problem: problemSchema.nullable(),
});
export type Survey = z.infer<typeof surveySchema>;
