/**
 * `search.sqlite`: a cache of what can be read from the mail files, and nothing else. It may be deleted at any time; one
 * of another version, of another archive, or damaged is deleted and made again.
 *
 * `words` keeps no text (contentless): a snippet is made from the message itself, which is at hand. What documents hold is
 * kept beside (`documents`), because to read a PDF again for every snippet takes seconds; so is the text of items that
 * are no mail, because their files are read on threads of their own only.
 */
export const indexVersion = 3;

export const indexTables = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- Folders of items that are no mail have numbers below zero here and in places.
  -- How far each folder is indexed. The hash tells whether the archive is still the one that was indexed.
  CREATE TABLE progress (
    folder_id INTEGER PRIMARY KEY,
    number    INTEGER NOT NULL,
    messages  INTEGER NOT NULL,
    sha256    BLOB NOT NULL
  ) STRICT;

  -- Narrow, because every list reads the whole of it once.
  CREATE TABLE places (
    id          INTEGER PRIMARY KEY,
    folder_id   INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    -- Seconds since 1970.
    date        INTEGER,
    size        INTEGER NOT NULL,
    -- As it was when the message came in; conversations that met since are merged in thread_merges.
    thread      INTEGER NOT NULL,
    attachments INTEGER NOT NULL,
    -- Why some of it was not indexed, or null.
    incomplete  TEXT
  ) STRICT;
  CREATE UNIQUE INDEX places_by_number ON places (folder_id, number);
  CREATE INDEX places_by_thread ON places (thread);
  CREATE INDEX places_incomplete ON places (incomplete) WHERE incomplete IS NOT NULL;

  CREATE TABLE heads (
    id           INTEGER PRIMARY KEY,
    subject      TEXT NOT NULL,
    from_name    TEXT NOT NULL,
    from_address TEXT NOT NULL,
    recipients   TEXT NOT NULL,
    subject_key  TEXT NOT NULL,
    from_key     TEXT NOT NULL
  ) STRICT;

  CREATE TABLE documents (id INTEGER PRIMARY KEY, deflated BLOB NOT NULL) STRICT;

  -- Message-IDs that were met, as hashes, and the conversation each belonged to then; merged ones are followed on.
  CREATE TABLE thread_keys (hash INTEGER PRIMARY KEY, thread INTEGER NOT NULL) STRICT;
  CREATE TABLE thread_merges (thread INTEGER PRIMARY KEY, merged_into INTEGER NOT NULL) STRICT;
  CREATE INDEX thread_merges_by_root ON thread_merges (merged_into);

  CREATE VIRTUAL TABLE words USING fts5 (
    subject, sender, recipients, body, files, inside,
    content = '', tokenize = 'unicode61 remove_diacritics 2'
  );
  -- Octets gathered before they are written as a segment: fewer segments are merged less often.
  INSERT INTO words (words, rank) VALUES ('hashsize', 8388608);
`;

/** Made when the first run is through: to sort once is faster than to keep sorted, and nobody asks before. */
export const sortIndexes = `
  CREATE INDEX IF NOT EXISTS heads_by_subject ON heads (subject_key);
  CREATE INDEX IF NOT EXISTS heads_by_sender ON heads (from_key);
`;

export const metaNames = ['archive', 'complete', 'declined', 'rebuiltAfterDamage'] as const;
export type MetaName = (typeof metaNames)[number];
