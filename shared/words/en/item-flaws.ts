import type { Sentences } from '../sentences.ts';

/** What is odd about a contact, an appointment or the like that was saved all the same, and what could not be listed. */
export const itemFlaws = {
  ITEM_MALFORMED: {
    happened: 'The item “{name|without a name}” in the folder {folder|at hand} is not written by the rules.',
    safe: 'It is in the archive as it was, with nothing changed.',
    now: 'Other programs may not open it. Look at it where it came from, and write it anew if needed.',
    desk: 'File not valid: kind {kind|unknown}, key {item|unknown}, line {line|unknown}.',
  },
  ITEMS_NOT_LISTED: {
    happened: 'The old mailbox did not say what it holds beside mail.',
    safe: 'The mail is safe in the archive. Nothing was changed in the old mailbox.',
    now: 'Try again later. If it happens again, ask the help desk.',
    desk: 'List not given: {kind|contacts, calendars and the like}, answer {fault|unknown}.',
  },
  ITEM_ZONE_UNKNOWN: {
    happened: 'The appointment “{name|without a name}” uses a time zone nobody knows.',
    safe: 'It is in the archive as it was.',
    now: 'After the move, check at what time it appears.',
    desk: 'Unknown time zone: {zone|unknown}, folder {folder|unknown}.',
  },
  ITEM_ENDLESS: {
    happened: 'The appointment “{name|without a name}” repeats for ever.',
    safe: 'It is in the archive with the rule by which it repeats.',
    now: 'Nothing needs to be done. Some calendars show the next years only.',
    desk: 'Repeats without an end, folder {folder|unknown}.',
  },
  ITEM_NAMELESS: {
    happened: 'In the folder {folder|at hand} there is a contact without a name.',
    safe: 'It is in the archive with all that is known of it.',
    now: 'If you want to find it easily, give it a name.',
    desk: 'Contact without a name: key {item|unknown}.',
  },
} as const satisfies Record<string, Sentences>;
