import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MigrationReport } from '../shared/model/report.ts';
import { davArgs, davItems, runDav, runDavTo } from './dav-rig.ts';
import { newFolder } from './reliability/journey.ts';
import { generateItems } from './rig/generate-items.ts';
import { archiveItems } from './rig/items-archive.ts';
import { radicaleAvailable, startRadicale } from './rig/radicale.ts';
import type { RadicaleServer } from './rig/radicale.ts';
import { createTestCertificate } from './rig/test-certificate.ts';

const counts = { contacts: 6, events: 12, tasks: 3 };

function holding(server: RadicaleServer, user: string, text: string): string {
  const found = davItems(server, user).find(file => readFileSync(file, 'utf8').includes(text));
  if (found === undefined) throw new Error(`Nothing there holds ${text}`);
  return found;
}

async function reportOf(archive: string): Promise<MigrationReport> {
  const out = join(await newFolder(), 'report.json');
  await runDavTo(0, ['report', '--archive', archive, '--out', out]);
  return JSON.parse(readFileSync(out, 'utf8')) as MigrationReport;
}

describe.skipIf(!radicaleAvailable())('to a server of address books and calendars, over TLS', () => {
  let server: RadicaleServer;
  beforeAll(async () => {
    server = await startRadicale({ users: ['anna', 'bruno', 'carla', 'dora'], tls: true });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('items are planned, carried, proved and reported; a second run adds nothing', async () => {
    const archive = await newFolder();
    await archiveItems(archive, generateItems(counts));
    const to = ['--archive', archive, ...davArgs(server)];

    const planned = await runDavTo(0, ['upload', ...to, '--dry-run']);
    const items = (planned.result?.['plan'] as { items: { kind: string; items: number; fate: string }[] }).items;
    expect(items.reduce((sum, each) => sum + each.items, 0)).toBe(21);
    expect(new Set(items.map(({ fate }) => fate))).toEqual(new Set(['upload']));

    const uploaded = await runDavTo(0, ['upload', ...to]);
    expect(uploaded.result?.['items']).toMatchObject({
      contact: { toCarry: 6, uploaded: 6, setAside: 0 },
      event: { toCarry: 12, uploaded: 12, setAside: 0 },
      task: { toCarry: 3, uploaded: 3, setAside: 0 },
    });
    const files = davItems(server, 'anna');
    expect(files).toHaveLength(21);

    const again = await runDavTo(0, ['upload', ...to]);
    expect(again.result?.['items']).toMatchObject({ event: { uploaded: 0, alreadyPresent: 12 } });
    expect(davItems(server, 'anna')).toEqual(files);
    // Not even without what it knew: what is there is met by its name.
    const forgetful = await newFolder();
    await archiveItems(forgetful, generateItems(counts));
    const anew = await runDavTo(0, ['upload', '--archive', forgetful, ...davArgs(server)]);
    expect(anew.result?.['items']).toMatchObject({ contact: { uploaded: 0, alreadyPresent: 6 } });
    expect(davItems(server, 'anna')).toEqual(files);

    expect((await reportOf(archive)).outcome).toBe('incomplete');
    const verified = await runDavTo(0, ['verify', ...to]);
    expect(verified.result?.['items']).toMatchObject({
      contact: { verified: 6, missing: 0 },
      event: { verified: 12, missing: 0 },
      task: { verified: 3, missing: 0 },
    });
    const report = await reportOf(archive);
    expect(report.outcome).toBe('complete');
    expect(report.items?.find(({ path }) => path.join() === 'Attività')).toMatchObject({
      ...{ toCarry: 3, uploaded: 3, alreadyPresent: 0, verified: 3, missing: 0, byHand: 0, setAside: 0 },
    });
  });

  test('what somebody changed or deleted there is named, left as it is, and what is missing comes again', async () => {
    const archive = await newFolder();
    await archiveItems(archive, generateItems(counts));
    const to = ['--archive', archive, ...davArgs(server, 'bruno')];
    await runDavTo(0, ['upload', ...to]);
    const changed = holding(server, 'bruno', 'UID:evento-2@ente.it');
    const text = readFileSync(changed, 'utf8').replace(/^SUMMARY:.*(?:\r\n .*)*/gm, 'SUMMARY:Altro titolo');
    writeFileSync(changed, text.replace(/^RRULE:.*(?:\r\n .*)*\r\n/gm, ''));
    rmSync(holding(server, 'bruno', 'UID:contatto-4@ente.it'));

    const verified = await runDavTo(2, ['verify', ...to]);
    expect(verified.result?.['exceptions']).toMatchObject([
      { code: 'ITEM_MISSING', details: { kind: 'contact', item: 'c4' }, key: 'c4' },
      { code: 'ITEM_DIFFERS', details: { kind: 'event', item: 'e2' }, key: 'e2' },
    ]);
    const [, differing] = verified.result?.['exceptions'] as { details: { fields: string } }[];
    expect(differing?.details.fields).toContain('title');
    const report = await reportOf(archive);
    expect(report.outcome).toBe('partial');
    expect(report.exceptions.map(({ problem }) => problem.code).sort()).toEqual(['ITEM_DIFFERS', 'ITEM_MISSING']);

    const again = await runDavTo(0, ['upload', ...to]);
    expect(again.result?.['items']).toMatchObject({ contact: { uploaded: 1, alreadyPresent: 5 } });
    expect(readFileSync(changed, 'utf8')).toContain('SUMMARY:Altro titolo');
    const proof = await runDavTo(2, ['verify', ...to]);
    expect(proof.result?.['exceptions']).toMatchObject([{ code: 'ITEM_DIFFERS' }]);
  });

  test('an item no program can read is set aside by name, and its folder goes on', async () => {
    const archive = await newFolder();
    const broken = Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:rotto\r\nDTSTART:domani\r\n');
    const nameless = Buffer.from('BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL:senza.nome@ente.it\r\nEND:VCARD\r\n');
    const items = generateItems({ contacts: 1, events: 3 });
    const [card, event] = [items[0], items[1]];
    if (card === undefined || event === undefined) throw new Error('nothing generated');
    const unnamed = { ...card, key: 'n', name: '', octets: nameless };
    const twin = { ...event, key: 'twin', name: 'Gemello' };
    await archiveItems(archive, [...items, twin, { ...event, key: 'rotto', name: 'Rotto', octets: broken }, unnamed]);
    const to = ['--archive', archive, ...davArgs(server, 'carla')];
    const uploaded = await runDavTo(2, ['upload', ...to]);
    expect(uploaded.result?.['exceptions']).toMatchObject([
      { code: 'ITEM_REFUSED', details: { name: 'Rotto', reason: 'malformed', kind: 'event' }, key: 'rotto' },
    ]);
    // The twin has the UID of another appointment of the folder, and arrives beside it.
    expect(uploaded.result?.['items']).toMatchObject({ contact: { uploaded: 2 }, event: { uploaded: 4, setAside: 1 } });
    const verified = await runDavTo(2, ['verify', ...to]);
    expect(verified.result?.['items']).toMatchObject({ contact: { verified: 2 }, event: { verified: 4, setAside: 1 } });
  });

  test('kinds can be left out, and nobody is invited', async () => {
    const archive = await newFolder();
    await archiveItems(archive, generateItems(counts));
    const to = ['--archive', archive, ...davArgs(server, 'dora'), '--leave-out', 'contact', 'task'];
    const uploaded = await runDavTo(0, ['upload', ...to]);
    expect(Object.keys(uploaded.result?.['items'] ?? {})).toEqual(['event']);
    const invited = davItems(server, 'dora')
      .flatMap(file => readFileSync(file, 'utf8').replaceAll('\r\n ', '').split('\r\n'))
      .filter(line => /^(?:ATTENDEE|ORGANIZER)/.test(line));
    expect(invited.length).toBeGreaterThan(3);
    expect(invited.filter(line => !line.includes('SCHEDULE-AGENT=NONE'))).toEqual([]);
    expect((await runDavTo(0, ['verify', ...to])).result?.['items']).toMatchObject({ event: { verified: 12 } });
  });

  test('a wrong password and a certificate nobody vouches for end at once, and say so', async () => {
    const archive = await newFolder();
    await archiveItems(archive, generateItems({ contacts: 1, events: 0 }));
    const upload = ['upload', '--archive', archive, ...davArgs(server)];
    const refused = await runDav(upload, { env: { RELIABILITY_PASSWORD: 'sbagliata' } });
    expect(refused).toMatchObject({ exitCode: 77, result: { problem: { code: 'SIGNIN_REFUSED' } } });
    const { caFile: stranger } = await createTestCertificate({ directory: await newFolder() });
    const untrusted = await runDav(['upload', '--archive', archive, ...davArgs({ ...server, caFile: stranger })]);
    expect(untrusted).toMatchObject({ exitCode: 69, result: { problem: { code: 'TLS_CERTIFICATE_UNKNOWN_CA' } } });
  });

  test('a restore of messages has no place in calendars', async () => {
    const archive = await newFolder();
    await archiveItems(archive, generateItems({ contacts: 1, events: 0 }));
    const restored = await runDav(['upload', '--archive', archive, ...davArgs(server), '--under', 'Posta']);
    expect(restored).toMatchObject({ exitCode: 64, result: { problem: { code: 'ACCOUNT_KIND_UNSUPPORTED' } } });
  });
});
