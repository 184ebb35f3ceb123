import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { davArgs, davItems, runDavTo } from './dav-rig.ts';
import { newFolder } from './reliability/journey.ts';
import { generateItems } from './rig/generate-items.ts';
import { archiveItems } from './rig/items-archive.ts';
import { itemsOracleAvailable, readItems } from './rig/items-oracle.ts';
import { radicaleAvailable, startRadicale } from './rig/radicale.ts';

/** `TRAVASO_TEST_ITEMS=2000,5000` is the full number, which takes minutes. */
const [contacts = 60, events = 150] = (process.env['TRAVASO_TEST_ITEMS'] ?? '60,150').split(',').map(Number);
const largePhoto = 5 * 1024 * 1024;

test.skipIf(!radicaleAvailable() || !itemsOracleAvailable())(
  `${contacts} contacts and ${events} appointments are the same there, in the eyes of Python`,
  { timeout: 3_600_000 },
  async () => {
    await using server = await startRadicale();
    const archive = await newFolder();
    await archiveItems(archive, generateItems({ contacts, events, tasks: 10, largePhoto }));
    const to = ['--archive', archive, ...davArgs(server)];
    const uploaded = await runDavTo(0, ['upload', ...to]);
    expect(uploaded.result?.['items']).toMatchObject({
      contact: { uploaded: contacts, setAside: 0 },
      event: { uploaded: events, setAside: 0 },
      task: { uploaded: 10, setAside: 0 },
    });
    const verified = await runDavTo(0, ['verify', ...to]);
    expect(verified.result?.['items']).toMatchObject({
      contact: { verified: contacts, missing: 0 },
      event: { verified: events, missing: 0 },
      task: { verified: 10, missing: 0 },
    });

    const archived = readdirSync(join(archive, 'data'), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.(?:ics|vcf)$/.test(file))
      .map(file => join(archive, 'data', file));
    const wanted = readItems(archived);
    const found = readItems(davItems(server, 'anna'));
    expect(wanted.size).toBe(contacts + events + 10);
    expect(found.size).toBe(wanted.size);
    const wrong = [...wanted].filter(
      ([uid, fields]) => 'fault' in fields || JSON.stringify(fields) !== JSON.stringify(found.get(uid)),
    );
    expect(wrong.slice(0, 3).map(([uid, fields]) => ({ uid, fields, found: found.get(uid) }))).toEqual([]);
  },
);
