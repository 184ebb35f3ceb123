import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The new mailbox where it is Carbonio: T-635 and following. */
export const carbonio = {
  TARGET_BY_IMAP: {
    happened: 'The new mailbox does not take the usual upload. Travaso uses another way, which works.',
    safe: safe.folderInArchive,
    now: 'There is nothing to do.',
    desk: 'Upload or AddMsg are blocked on {host|a server}: messages go by IMAP.',
  },
  TARGET_UPLOAD_BLOCKED: {
    happened: 'The new mailbox opens, but does not let messages be uploaded.',
    safe: safe.folderInArchive,
    now: 'Ask the help desk to allow the upload, and send them the line below. Then try again.',
    desk: 'On {host|the server} /service/upload or AddMsgRequest are blocked, and IMAP does not answer.',
  },
} as const satisfies Record<string, Sentences>;
