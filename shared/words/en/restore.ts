import type { Sentences } from '../sentences.ts';

/** Restoring from an archive: T-650 and T-651. */
export const restore = {
  RESTORE_NOTHING_CHOSEN: {
    happened: 'There is nothing to restore: no message was chosen.',
    safe: 'The archive and the mailbox were not touched.',
    now: 'Choose at least one message or folder, or change the search.',
    desk: 'Empty selection: an empty list, a search without results, or folders without messages.',
  },
  RESTORE_PLACE_INVALID: {
    happened: '{name|This} cannot be the name of a folder.',
    safe: 'The archive and the mailbox were not touched.',
    now: 'Type a simple name, for example: Restored.',
    desk: 'Destination folder empty, or with the segments “.” and “..”.',
  },
} as const satisfies Record<string, Sentences>;
