import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { noFaults } from '../no-faults.ts';
import { openCatalogue } from './catalogue.ts';
import { journalTables, rebuiltTables, tablesSince2 } from './schema.ts';

test.each([
  { version: 1, tables: [rebuiltTables, journalTables] },
  { version: 2, tables: [rebuiltTables, journalTables, tablesSince2] },
])('a catalogue of version $version can be read as it is, and is given what it lacks when written to', each => {
  const directory = mkdtempSync(join(tmpdir(), 'travaso-catalogue-'));
  try {
    const path = join(directory, 'catalogue.sqlite');
    const old = new Database(path);
    for (const tables of each.tables) old.exec(tables);
    old.exec("INSERT INTO targets (account) VALUES ('imap://anna@new')");
    old.pragma(`user_version = ${each.version}`);
    old.close();

    const read = openCatalogue(path, noFaults, 'read');
    expect(read.db.prepare('SELECT count(*) FROM item_uploads').pluck().get()).toBe(0);
    expect(read.db.pragma('user_version', { simple: true })).toBe(each.version);
    read.close();

    const written = openCatalogue(path, noFaults, 'write');
    expect(written.db.prepare('SELECT count(*) FROM items, item_uploads').pluck().get()).toBe(0);
    expect(written.db.prepare('SELECT account FROM targets').pluck().all()).toEqual(['imap://anna@new']);
    written.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
