import * as z from 'zod';
import { messageViewSchema } from '../model/message-view.ts';
import { path } from './schemas.ts';

/** Name of a message: the archive, and `(folder, number)` within it. */
const message = z.object({ archive: path, folder: z.int(), number: z.int() });

/** Parts to open on the way, as `messageViewSchema.inside`; more would be deeper than anything is read. */
const inside = z.array(z.string().max(200)).max(20).default([]);

/** Reading one message. Nothing of a message is ever executed, and nothing it names is ever fetched. */
export const messageMethods = {
  /** `pec`: of a certified message (PEC) the message itself, or the envelope that the provider put around it. */
  'message.read': {
    input: message.extend({ inside, pec: z.enum(['inner', 'envelope']).default('inner') }),
    output: messageViewSchema,
  },
  /** The message as it was written, page by page; a page ends with a line where it can. */
  'message.source': {
    input: message.extend({
      headersOnly: z.boolean().default(false),
      /** In octets, from `next`. */
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(65_536).default(65_536),
    }),
    output: z.object({ text: z.string(), next: z.int().nullable(), octets: z.int() }),
  },
  /** The exact octets as an `.eml` file that does not exist yet, checked against the archive's own record. */
  'message.save': { input: message.extend({ to: path }), output: z.object({ written: z.int() }) },
  /**
   * One part, decoded, as a file that does not exist yet, marked as come from the internet where the system knows such a
   * mark. Never opened.
   */
  'message.savePart': {
    input: message.extend({ inside, part: z.string().max(200), to: path }),
    output: z.object({ written: z.int() }),
  },
} as const;
