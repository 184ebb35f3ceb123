import type { Sentences } from '../sentences.ts';

const mailApart = 'The messages are in other files and were not touched.';

/** Looking into an archive: T-530 to T-534 and T-720 to T-722. */
export const search = {
  SEARCH_INDEX_DAMAGED: {
    happened: 'The search index is damaged.',
    safe: mailApart,
    now: 'Nothing to do: Travaso makes it again by itself. Try again shortly.',
    desk: 'search.sqlite cannot be read: it may be deleted and is rebuilt.',
  },
  SEARCH_INDEX_MISSING: {
    happened: 'Searching needs the index, and this archive does not have it yet.',
    safe: mailApart,
    now: 'Prepare the index on the archive’s page, then search again.',
    desk: 'search.sqlite is missing, incomplete or was declined.',
  },
  SEARCH_INDEX_FAILED: {
    happened: 'Travaso could not prepare the search index.',
    safe: mailApart,
    now: 'Try again. Meanwhile you can read the messages from the list, by date.',
    desk: 'Too many messages stopped the indexing: send the diagnostics.',
  },
  SEARCH_MEANS_NOTHING: {
    happened: 'The search {query|as typed} does not say what to look for.',
    safe: mailApart,
    now: 'Type a word, a name or a date, for example: from:rossi date:2019.',
    desk: 'Search without words or filters.',
  },
  ARCHIVE_FOLDER_UNKNOWN: {
    happened: 'This folder is no longer in the archive.',
    safe: mailApart,
    now: 'Close the archive and open it again.',
    desk: 'Folder number unknown to the catalogue: archive replaced while it was open?',
  },
  ARCHIVE_MESSAGE_UNKNOWN: {
    happened: 'This message is no longer in the archive.',
    safe: mailApart,
    now: 'Close the archive and open it again.',
    desk: 'Message number unknown to the catalogue: archive replaced while it was open?',
  },
} as const satisfies Record<string, Sentences>;
