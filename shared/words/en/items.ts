import type { Sentences } from '../sentences.ts';

/** Contacts, appointments and the like, and what is particular to the files they come from. */
export const items = {
  ITEM_UNREADABLE: {
    happened: 'An item in the folder {folder|at hand} cannot be read (a contact, an appointment or the like).',
    safe: 'All other items and the messages are safe in the archive.',
    now: 'If you need it, open it in the program it came from and save it by hand.',
    desk: 'Item not read: kind {kind|unknown}, key {item|unknown}, reason {reason|unknown}.',
  },
  ITEM_INCOMPLETE: {
    happened: 'Of an item in the folder {folder|at hand} only a part could be saved.',
    safe: 'The part that was read is safe in the archive. The rest is still where it was.',
    now: 'Look at the item “{name|without a name}” in the program it came from.',
    desk: 'Item incomplete: kind {kind|unknown}, key {item|unknown}, reason {reason|unknown}.',
  },
  PST_PASSWORD_IGNORED: {
    happened: 'The file {file|you chose} is protected by an Outlook password, which encrypts nothing.',
    safe: 'The file was read in full and was not touched.',
    now: 'Nothing needs to be done. Keep the archive in a safe place: it does not have that password.',
    desk: 'Password mark of the PST file ignored (MS-PST 4.2).',
  },
} as const satisfies Record<string, Sentences>;
