import * as z from 'zod';
import { placeSchema } from '../model/place.ts';
import { reportSchema } from '../model/report.ts';
import { folders, path, started } from './schemas.ts';

/** What is done with an archive alone. */
export const archiveMethods = {
  'export.start': {
    input: z.object({
      archive: path,
      to: path,
      format: z.enum(['mbox', 'eml', 'zip', 'csv']),
      folders,
      /** Only what this search finds; needs the whole index. */
      query: z.string().max(2000).nullable().default(null),
      /** Only what lies in this folder itself, by its number; with `query`, what it finds there. */
      folder: z.int().nullable().default(null),
      /** Only these, by name; the rest of the choice is then passed over. */
      messages: z
        .array(z.object({ folder: z.int(), number: z.int() }))
        .max(10_000)
        .nullable()
        .default(null),
      /** In mbox files, `Status` and its like for mail programs. The messages are then no longer octet for octet. */
      statusHeaders: z.boolean().default(false),
    }),
    output: started,
  },
  /** Writes what goes by hand (contacts, calendars, rules, signatures) as files to import, with a page that says how. */
  'handover.start': {
    input: z.object({ archive: path, to: path, language: z.enum(['it', 'en']) }),
    output: started,
  },
  'rebuild.start': { input: z.object({ archive: path }), output: started },
  'report.read': { input: z.object({ archive: path }), output: reportSchema },
  'report.write': {
    input: z.object({ archive: path, out: path, language: z.enum(['it', 'en']) }),
    output: z.object({ outcome: z.enum(['complete', 'partial', 'incomplete']) }),
  },
  /** Looks at a folder, which need not exist yet: room, and the archive in it if there is one. Writes nothing. */
  'archive.inspect': { input: z.object({ path }), output: placeSchema },
} as const;
