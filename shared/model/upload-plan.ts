import * as z from 'zod';
import { problemSchema } from './job.ts';
import { folderRoles } from './folder.ts';

/** One message the target is expected to refuse, by name. */
export const foreseenRefusalSchema = z.object({
  folder: z.array(z.string()),
  number: z.int(),
  subject: z.string().nullable(),
  octets: z.int(),
  problem: problemSchema,
});

export const uploadPlanSchema = z.object({
  folders: z.array(
    z.object({
      path: z.array(z.string()),
      role: z.enum(folderRoles).nullable(),
      /** The target's own name for where it goes. */
      target: z.string(),
      targetPath: z.array(z.string()),
      exists: z.boolean(),
      /** Why the true name could not be kept. */
      renamed: problemSchema.nullable(),
      messages: z.int(),
      octets: z.int(),
      /** Of these, in the ledger as done already. */
      done: z.int(),
    }),
  ),
  /** What is left to send. */
  messages: z.int(),
  octets: z.int(),
  limits: z.object({
    maxMessageBytes: z.int().nullable(),
    maxLineOctets: z.int().nullable(),
    quota: z.object({ usedBytes: z.int(), limitBytes: z.int() }).nullable(),
  }),
  refusals: z.array(foreseenRefusalSchema),
  /** Set when what is left to send does not fit. */
  quotaProblem: problemSchema.nullable(),
});
export type UploadPlan = z.infer<typeof uploadPlanSchema>;
export type ForeseenRefusal = z.infer<typeof foreseenRefusalSchema>;
