import * as z from 'zod';
import { foundAccountSchema, surveySchema } from '../model/mailbox.ts';
import { accountSchema } from './schemas.ts';

/** Mailboxes before there is an archive, and what a help desk may see. */
export const mailboxMethods = {
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
  /** What a help desk may see: versions, codes, figures; no addresses, subjects or folder names. */
  'diagnostics.read': { input: z.object({}), output: z.object({ text: z.string() }) },
} as const;
