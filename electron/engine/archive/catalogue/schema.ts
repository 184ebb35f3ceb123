/**
 * The catalogue is a cache of the sidecars plus the journal. The first group of tables is rebuilt from `data/`; the
 * second (jobs, ledger) exists nowhere else and is carried over whenever it can still be read.
 *
 * Times are ISO 8601 in UTC; sizes are octets; a folder path is a JSON array of its segments.
 */
export const catalogueVersion = 3;

export const rebuiltTables = `
  CREATE TABLE folders (
    id             INTEGER PRIMARY KEY,
    account        TEXT NOT NULL,
    path           TEXT NOT NULL,
    role           TEXT,
    source_name    TEXT NOT NULL,
    separator      TEXT,
    subscribed     INTEGER NOT NULL,
    selectable     INTEGER NOT NULL,
    stem           TEXT NOT NULL UNIQUE,
    generation     TEXT,
    change_mark    TEXT,
    sidecar_octets INTEGER NOT NULL,
    UNIQUE (account, path)
  ) STRICT;

  -- mbox files and sidecars. An EML file is its message and has no row here.
  CREATE TABLE files (
    id            INTEGER PRIMARY KEY,
    path          TEXT NOT NULL UNIQUE,
    octets        INTEGER NOT NULL,
    -- What the bag's manifest says, and for how many octets it was said.
    sealed_sha256 TEXT,
    sealed_octets INTEGER
  ) STRICT;

  CREATE TABLE messages (
    folder_id      INTEGER NOT NULL REFERENCES folders (id),
    number         INTEGER NOT NULL,
    -- The source's key in the folder's current generation; null once the source renumbered and it was not met again.
    key            TEXT,
    size           INTEGER NOT NULL,
    sha256         BLOB NOT NULL,
    internal_date  TEXT,
    flags          INTEGER NOT NULL,
    keywords       TEXT NOT NULL,
    -- Null for EML.
    file_id        INTEGER REFERENCES files (id),
    offset         INTEGER NOT NULL,
    stored_octets  INTEGER NOT NULL,
    longest_line   INTEGER,
    nul            INTEGER NOT NULL,
    eight_bit_header INTEGER NOT NULL,
    -- When the source was first seen without it. Nothing is ever deleted here.
    absent_since   TEXT,
    PRIMARY KEY (folder_id, number)
  ) STRICT, WITHOUT ROWID;

  CREATE UNIQUE INDEX messages_by_key ON messages (folder_id, key) WHERE key IS NOT NULL;
`;

export const journalTables = `
  CREATE TABLE jobs (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    status  TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    -- The whole record as JSON, as of the last checkpoint; parsed with a schema before use.
    record  TEXT NOT NULL
  ) STRICT;

  -- One row per job and folder: what was counted, as it was counted.
  CREATE TABLE folder_figures (
    job_id    TEXT NOT NULL REFERENCES jobs (id),
    folder_id INTEGER NOT NULL,
    figures   TEXT NOT NULL,
    PRIMARY KEY (job_id, folder_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE exceptions (
    id        INTEGER PRIMARY KEY,
    job_id    TEXT NOT NULL REFERENCES jobs (id),
    -- As JSON; parsed with a schema before use.
    exception TEXT NOT NULL
  ) STRICT;
  CREATE INDEX exceptions_by_job ON exceptions (job_id);

  CREATE TABLE targets (
    id      INTEGER PRIMARY KEY,
    account TEXT NOT NULL UNIQUE
  ) STRICT;

  -- Where each folder goes at a target, as decided by the plan of the first upload and kept for the next.
  CREATE TABLE target_folders (
    target_id INTEGER NOT NULL REFERENCES targets (id),
    folder_id INTEGER NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (target_id, folder_id)
  ) STRICT, WITHOUT ROWID;

  -- The upload ledger: at most one row per message and target, so that no message can have two outcomes.
  CREATE TABLE uploads (
    target_id     INTEGER NOT NULL REFERENCES targets (id),
    folder_id     INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    -- 'intent' | 'stored' | 'present' | 'set-aside'
    state         TEXT NOT NULL,
    target_folder TEXT NOT NULL,
    generation    TEXT NOT NULL,
    -- The folder's mark (UIDNEXT) before the message was sent.
    mark          TEXT,
    key           TEXT,
    -- Why it was set aside, as JSON.
    problem       TEXT,
    -- 'bytes' | 'parts' | 'missing' | 'differs'; null before it was looked for
    proof         TEXT,
    PRIMARY KEY (target_id, folder_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX uploads_by_place ON uploads (target_id, target_folder, generation, key);
`;

/**
 * What version 2 brought: items that are no mail, and which messages were put together from parts. The first three
 * tables are rebuilt from `data/`, the last belongs to the journal.
 */
export const tablesSince2 = `
  CREATE TABLE item_folders (
    id             INTEGER PRIMARY KEY,
    account        TEXT NOT NULL,
    kind           TEXT NOT NULL,
    path           TEXT NOT NULL,
    stem           TEXT NOT NULL,
    change_mark    TEXT,
    sidecar_octets INTEGER NOT NULL,
    UNIQUE (account, kind, path),
    UNIQUE (kind, stem)
  ) STRICT;

  CREATE TABLE items (
    folder_id    INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    key          TEXT NOT NULL,
    mark         TEXT,
    name         TEXT NOT NULL,
    media_type   TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       BLOB NOT NULL,
    file         TEXT NOT NULL,
    -- 1 once a later version of the same key was archived.
    superseded   INTEGER NOT NULL,
    absent_since TEXT,
    PRIMARY KEY (folder_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX items_by_key ON items (folder_id, key) WHERE superseded = 0;

  CREATE TABLE synthesised (
    folder_id INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (folder_id, number)
  ) STRICT, WITHOUT ROWID;

  -- One row per job and folder of items: what was counted, as it was counted.
  CREATE TABLE item_figures (
    job_id    TEXT NOT NULL,
    folder_id INTEGER NOT NULL,
    figures   TEXT NOT NULL,
    PRIMARY KEY (job_id, folder_id)
  ) STRICT, WITHOUT ROWID;
`;

/** What version 3 brought: the ledger of items at a target. All of it belongs to the journal. */
export const tablesSince3 = `
  -- Where each folder of items goes at a target, as the first upload decided it.
  CREATE TABLE item_target_folders (
    target_id INTEGER NOT NULL,
    folder_id INTEGER NOT NULL,
    -- The target's own handle of the folder, and its name for people.
    key       TEXT NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (target_id, folder_id)
  ) STRICT, WITHOUT ROWID;

  -- At most one row per version of an item and target, so that none can have two outcomes.
  CREATE TABLE item_uploads (
    target_id     INTEGER NOT NULL,
    folder_id     INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    -- 'intent' | 'stored' | 'present' | 'set-aside'
    state         TEXT NOT NULL,
    -- The target's own handles of the folder and the item.
    target_folder TEXT NOT NULL,
    key           TEXT,
    -- Why it was set aside, or what of it changed on the way (ITEM_FIELDS_CHANGED), as JSON.
    problem       TEXT,
    -- 'verified' | 'differs' | 'missing'; null before it was looked for
    proof         TEXT,
    -- Names of the fields that differ, joined by commas.
    differing     TEXT,
    PRIMARY KEY (target_id, folder_id, number)
  ) STRICT, WITHOUT ROWID;
`;
