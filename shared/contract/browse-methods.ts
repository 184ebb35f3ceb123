import * as z from 'zod';
import {
  archiveViewSchema,
  indexStateSchema,
  messageRowSchema,
  messageSorts,
  searchHintSchema,
  searchHitSchema,
} from '../model/message-list.ts';
import { path } from './schemas.ts';

const archive = z.object({ archive: path });
const page = {
  sort: z.enum(messageSorts).default('date'),
  direction: z.enum(['ascending', 'descending']).default('descending'),
  /** Rows to pass over. Any position costs the same, so that a scroll bar may jump. */
  offset: z.int().nonnegative().default(0),
};

/** Looking into an archive. Whatever is long goes on by itself and is asked about, as `survey.read`. */
export const browseMethods = {
  /**
   * What an archive holds. An archive that is being written to, read-only, or without its catalogue is shown all the
   * same. An index that was begun is caught up with; one that was never asked for is not made.
   */
  'archive.open': { input: archive, output: archiveViewSchema },
  /** Lets go of its files, so that a stick can be pulled out. */
  'archive.close': { input: archive, output: z.object({}) },
  /** Begins the full-text index, or goes on with it. `rebuild` makes it anew. Also takes back that it was declined. */
  'index.start': { input: archive.extend({ rebuild: z.boolean().default(false) }), output: indexStateSchema },
  'index.read': { input: archive, output: indexStateSchema },
  'index.pause': { input: archive, output: indexStateSchema },
  /** Deletes the index and makes none until it is asked for again. */
  'index.decline': { input: archive, output: indexStateSchema },
  /** A page of a folder, or of the whole archive. Sender and subject sort only what was indexed. */
  'messages.list': {
    input: archive.extend({
      folder: z.int().nullable(),
      ...page,
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ total: z.int(), rows: z.array(messageRowSchema) }),
  },
  /** A query that means nothing is answered with a hint and no rows; it is not an error. */
  'messages.search': {
    input: archive.extend({
      query: z.string().max(2000),
      folder: z.int().nullable().default(null),
      ...page,
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ total: z.int(), hits: z.array(searchHitSchema), hint: searchHintSchema.nullable() }),
  },
  /** The conversation of a message, oldest first; the message alone where nothing else belongs to it. */
  'messages.thread': {
    input: archive.extend({ folder: z.int(), number: z.int() }),
    output: z.object({ rows: z.array(messageRowSchema) }),
  },
} as const;
