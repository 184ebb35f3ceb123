import * as z from 'zod';
import { folderRoles } from './folder.ts';

/** One folder within a job. Counted where it happens, like the figures of the whole. */
export const folderProgressSchema = z.object({
  path: z.array(z.string()).min(1),
  role: z.enum(folderRoles).nullable(),
  state: z.enum(['waiting', 'running', 'done']),
  /** Handled in this run or before, of all there are; total null until counted. */
  messages: z.object({ done: z.int(), total: z.int().nullable() }),
  octets: z.object({ done: z.int(), total: z.int().nullable() }),
  setAside: z.int(),
});
export type FolderProgress = z.infer<typeof folderProgressSchema>;
