import * as z from 'zod';
import { problemSchema } from './job.ts';

/**
 * What people call it: a ZIP is not among them, because what counts is what is in it. `items` are contacts, calendars and
 * tasks in files of their own.
 */
export const mailFileKinds = [
  'travaso-archive',
  'pst',
  'mbox',
  'thunderbird-profile',
  'apple-mbox',
  'eml',
  'maildir',
  'zimbra-tgz',
  'items',
  'zip',
] as const;
export type MailFileKind = (typeof mailFileKinds)[number];

export const mailPrograms = [
  'outlook',
  'thunderbird',
  'apple-mail',
  'gmail',
  'google',
  'zimbra',
  'dovecot',
  'courier',
  'travaso',
] as const;
export type MailProgram = (typeof mailPrograms)[number];

/** A kind of mail that was found in what the person chose. */
export const recognisedMailSchema = z.object({
  /** `zip` only where a ZIP cannot be looked into; `problem` says why. */
  kind: z.enum(mailFileKinds),
  /** As `accountSchema.address`; null for what is no source of mail as it stands, such as an archive of ours. */
  address: z.string().nullable(),
  /** The program that made it, where its files tell. */
  program: z.enum(mailPrograms).nullable(),
  /** For the help desk: `ost`, `ansi`, `unicode`, `unicode-4k`; `emlx`; `tar`; `vcf`, `ics`, `csv`. Null where there is only one. */
  variant: z.string().nullable(),
  /** Last part of the path it was found at. */
  name: z.string(),
  /** It lies in a ZIP. */
  zipped: z.boolean(),
  /** Files that make it what it is, and what they weigh in octets; inflated where they lie in a ZIP. */
  files: z.int().nonnegative(),
  octets: z.int().nonnegative(),
  /** Why it cannot be opened as it lies there. */
  problem: problemSchema.nullable(),
});
export type RecognisedMail = z.infer<typeof recognisedMailSchema>;
