import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Reading one message: T-539 to T-549. */
export const messages = {
  MESSAGE_PART_UNKNOWN: {
    happened: 'This attachment is not in the message.',
    safe: safe.inArchive,
    now: 'Close the message and open it again.',
    desk: 'A part number that the message does not have.',
  },
  MESSAGE_PART_UNREADABLE: {
    happened: 'Travaso could not open this attachment.',
    safe: safe.inArchive,
    now: 'Save the whole message and open it with your mail program.',
    desk: 'Part too large, or reading was given up for time or memory.',
  },
  SAVE_FILE_EXISTS: {
    happened: 'There is already a file of this name: {path|in the chosen place}.',
    safe: 'The file that was there was not touched.',
    now: 'Choose another name or another folder.',
    desk: 'Travaso never overwrites a file: {path|this path}.',
  },
} as const satisfies Record<string, Sentences>;
