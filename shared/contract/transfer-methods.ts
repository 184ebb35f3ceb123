import * as z from 'zod';
import { accountSchema, folders, path, selection, started } from './schemas.ts';

/** The person agrees that a minimally repaired copy goes up where the target would refuse the message itself. */
const repair = z.boolean().optional();

/** The jobs that carry mail, and what the person decides before them. */
export const transferMethods = {
  'backup.start': {
    input: z.object({ archive: path, source: accountSchema, format: z.enum(['mbox', 'eml']).nullable(), folders }),
    output: started,
  },
  'upload.start': {
    input: z.object({ archive: path, target: accountSchema, folders, mapFile: path.nullable(), repair, selection }),
    output: started,
  },
  /** What an upload would do and everything it expects the target to refuse. Sends nothing. */
  'upload.plan': {
    input: z.object({ archive: path, target: accountSchema, folders, mapFile: path.nullable(), repair, selection }),
    output: started,
  },
  /** Checks the archive; with a target, also every message that was uploaded there, or those of the selection. */
  'verify.start': {
    input: z.object({ archive: path, target: accountSchema.nullable(), selection }),
    output: started,
  },
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
} as const;
