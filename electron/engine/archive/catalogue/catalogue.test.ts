import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noFaults } from '../no-faults.ts';
import { openCatalogue } from './catalogue.ts';
import { allFolders, putFolder } from './folder-table.ts';

test('a catalogue whose process was killed within a commit can be looked at, and holds what was committed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'travaso-catalogue-'));
  try {
    const path = join(directory, 'catalogue.sqlite');
    const torn = join(directory, 'torn.sqlite');
    const catalogue = openCatalogue(path, noFaults, 'write');
    const put = (id: number): void => {
      const path = [`Cartella ${id}`, 'x'.repeat(200)];
      putFolder(catalogue.db, {
        ...{ id, path, account: 'imap://anna@old', role: null, sourceName: 'x', separator: '/', subscribed: true },
        ...{ selectable: true, stem: `x-${id}`, generation: null, changeMark: null, sidecarOctets: 0 },
      });
    };
    catalogue.commit(() => put(1));
    // So small a cache that the database file is written to before the commit, as it is in a large one.
    catalogue.db.pragma('cache_size = 5');
    catalogue.db.exec('BEGIN IMMEDIATE');
    for (let id = 2; id < 2000; id += 1) put(id);
    copyFileSync(path, torn);
    copyFileSync(`${path}-journal`, `${torn}-journal`);
    catalogue.db.exec('ROLLBACK');
    catalogue.close();
    expect(statSync(`${torn}-journal`).size).toBeGreaterThan(0);

    const opened = openCatalogue(torn, noFaults, 'read');
    expect(allFolders(opened.db).map(({ id }) => id)).toEqual([1]);
    opened.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
