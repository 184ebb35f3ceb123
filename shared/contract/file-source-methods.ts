import * as z from 'zod';
import { recognisedMailSchema } from '../model/recognised-mail.ts';
import { path } from './schemas.ts';

/** Mail that people already have in files. What is in it is then told by `survey.start`, as for a mailbox. */
export const fileSourceMethods = {
  /**
   * Says what a file or folder is by what is in it, whatever it is called; within a minute, one way or the other. The
   * kind with the most files comes first. Rejects with an `INPUT_…` code when it holds no mail or cannot be read.
   */
  'file.recognise': {
    input: z.object({ path }),
    output: z.object({ name: z.string(), found: z.array(recognisedMailSchema).min(1) }),
  },
} as const;
