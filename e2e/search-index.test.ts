import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openArchive } from '../electron/engine/archive/archive.ts';
import { createEngine } from '../electron/engine/create-engine.ts';
import type { Engine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import type { Ports } from '../electron/engine/ports.ts';
import { imagesUnavailable, mountImage } from './rig/loop-image.ts';
import { startCli } from './rig/run-cli.ts';
import { runHere } from './rig/run-here.ts';
import { indexed, untilIndexed, writeArchive } from './rig/search-archive.ts';
import type { SearchedMessage } from './rig/search-archive.ts';
import { createTestDirectory } from './rig/test-directory.ts';

const noImages = (await imagesUnavailable('tmpfs')) !== null;

function place(): string {
  const { path, remove } = createTestDirectory('search-index');
  onTestFinished(remove);
  return path;
}

function engineWith(ports: Partial<Ports> = {}): Engine {
  const engine = createEngine(defaultPorts(ports));
  onTestFinished(() => engine.close());
  return engine;
}

function mail(
  subject: string,
  more: Partial<SearchedMessage> & { readonly header?: string; readonly body?: string } = {},
): SearchedMessage {
  const { header = '', body = `testo di ${subject}`, ...rest } = more;
  return { folder: ['INBOX'], octets: Buffer.from(`Subject: ${subject}\r\n${header}\r\n${body}\r\n`), ...rest };
}

function many(count: number): SearchedMessage[] {
  return Array.from({ length: count }, (_, n) =>
    mail(`numero n${n}x`, { body: `perché ${'parola qualunque '.repeat(200)}` }),
  );
}

async function total({ api }: Engine, archive: string, query: string): Promise<number> {
  return (await api['messages.search']({ archive, query })).total;
}

describe('the index', () => {
  test('is not there until it is asked for, can be declined, and taken up again', async () => {
    const archive = join(place(), 'a');
    await writeArchive(archive, many(3));
    const engine = engineWith();
    expect((await engine.api['archive.open']({ archive })).index).toMatchObject({ phase: 'absent', searchable: false });
    expect(existsSync(join(archive, 'search.sqlite'))).toBe(false);
    await expect(total(engine, archive, 'perche')).rejects.toMatchObject({ code: 'SEARCH_INDEX_MISSING' });
    expect(await engine.api['index.decline']({ archive })).toMatchObject({ phase: 'declined' });
    const another = engineWith();
    expect((await another.api['archive.open']({ archive })).index).toMatchObject({ phase: 'declined' });
    expect(await indexed(another, archive)).toMatchObject({ phase: 'ready', searchable: true });
    expect(await total(another, archive, 'perche')).toBe(3);
  });

  test('catches up when the archive has grown', async () => {
    const archive = join(place(), 'a');
    await writeArchive(archive, many(3));
    const first = engineWith();
    await indexed(first, archive);
    await writeArchive(archive, [mail('arrivato dopo', { folder: ['Nuova'] })]);
    expect(await first.api['index.read']({ archive })).toMatchObject({
      phase: 'stale',
      messages: { done: 3, total: 4 },
    });
    const second = engineWith();
    await second.api['archive.open']({ archive });
    expect(await untilIndexed(second, archive)).toMatchObject({ phase: 'ready' });
    expect(await total(second, archive, 'arrivato')).toBe(1);
    expect(await total(second, archive, 'perche')).toBe(3);
    expect(await total(first, archive, 'arrivato')).toBe(1);
  });

  test.each([
    ['its beginning', 0, 4096],
    ['most of it', 20_000, 1_000_000],
  ])('that is damaged in %s is made again by itself, and says so', async (_name, from, octets) => {
    const archive = join(place(), 'a');
    await writeArchive(archive, many(300));
    await indexed(engineWith(), archive);
    const path = join(archive, 'search.sqlite');
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(Math.min(octets, statSync(path).size - from), 0x5a), 0, null, from);
    closeSync(file);
    const { exitCode, text, stderr } = await runHere([
      'search',
      '--archive',
      archive,
      'perche',
      '--limit',
      '1',
      '--lang',
      'it',
    ]);
    expect(exitCode).toBe(0);
    expect(text).toContain('300 messaggi trovati');
    expect(stderr).toContain('L’indice era rovinato ed è stato rifatto.');
  });

  test('of another archive that lies in its place is not believed', async () => {
    const [archive, other] = [join(place(), 'a'), join(place(), 'b')];
    await writeArchive(archive, [mail('vero')]);
    await writeArchive(other, [mail('falso')]);
    await indexed(engineWith(), other);
    writeFileSync(join(archive, 'search.sqlite'), readFileSync(join(other, 'search.sqlite')));
    const engine = engineWith();
    await indexed(engine, archive);
    expect(await total(engine, archive, 'vero')).toBe(1);
    expect(await total(engine, archive, 'falso')).toBe(0);
  });

  test('that was cut short by a kill goes on, and ends with every message once', async () => {
    const archive = join(place(), 'a');
    await writeArchive(archive, many(2500));
    const run = startCli(['search', '--archive', archive, 'perche', '--json']);
    await run.waitFor(({ event }) => event === 'progress');
    await run.kill();
    const { result } = await runHere(['search', '--archive', archive, 'perche', '--json', '--limit', '1']);
    expect(result).toMatchObject({ status: 'succeeded', messages: { found: 2500 } });
  });

  test('is not mail: verifying and sealing pass it by', async () => {
    const archive = join(place(), 'a');
    await writeArchive(archive, many(3));
    await indexed(engineWith(), archive);
    const { exitCode, result } = await runHere(['verify', '--archive', archive, '--json']);
    expect({ exitCode, result }).toMatchObject({ exitCode: 0, result: { messages: { verified: 3 } } });
    expect(readdirSync(archive).filter(name => name.startsWith('search'))).toEqual(['search.sqlite']);
  });
});

describe('an archive in a place that takes no files', () => {
  test.skipIf(noImages).each([true, false])(
    'is opened, indexed and searched without its catalogue, leaving no trace (cache: %s)',
    async hasCache => {
      await using image = await mountImage({ kind: 'tmpfs', bytes: 40e6 });
      const archive = join(image.path, 'a');
      await writeArchive(archive, [...many(20), mail('da trovare')]);
      rmSync(join(archive, 'catalogue.sqlite'));
      await image.remount('ro');
      const before = readdirSync(archive, { recursive: true }).sort();
      const cacheFolder = hasCache ? join(place(), 'cache') : undefined;
      const engine = createEngine(defaultPorts({ cacheFolder }));
      try {
        expect(await engine.api['archive.open']({ archive })).toMatchObject({
          ...{ readOnly: true, catalogue: 'rebuilt-elsewhere', messages: 21 },
          index: { phase: 'absent', elsewhere: true },
        });
        expect(await indexed(engine, archive)).toMatchObject({ phase: 'ready' });
        expect(await total(engine, archive, 'trovare')).toBe(1);
      } finally {
        await engine.close();
      }
      expect(readdirSync(archive, { recursive: true }).sort()).toEqual(before);
      if (cacheFolder === undefined) return;
      const [id = ''] = readdirSync(join(cacheFolder, 'archives'));
      const kept = join(cacheFolder, 'archives', id);
      expect(readdirSync(kept).sort()).toEqual(['catalogue.sqlite', 'search.sqlite']);
      // Another person at this computer reads nothing of it.
      expect(statSync(kept).mode & 0o077).toBe(0);
      const again = engineWith({ cacheFolder });
      expect((await again.api['archive.open']({ archive })).index).toMatchObject({ phase: 'ready' });
    },
  );

  test.skipIf(noImages)('brings the index along that it was given', async () => {
    await using image = await mountImage({ kind: 'tmpfs', bytes: 40e6 });
    const archive = join(image.path, 'a');
    await writeArchive(archive, many(5));
    const making = createEngine(defaultPorts());
    await indexed(making, archive);
    await making.close();
    await image.remount('ro');
    const engine = createEngine(defaultPorts());
    const { index } = await engine.api['archive.open']({ archive });
    expect(index).toMatchObject({ phase: 'ready', elsewhere: false });
    expect(await total(engine, archive, 'perche')).toBe(5);
    await engine.close();
  });
});

describe('opening', () => {
  test('is refused for what is no archive, half of one, or a newer one, and changes nothing', async () => {
    const root = place();
    const archive = join(root, 'a');
    await writeArchive(archive, many(2));
    const { api } = engineWith();
    await expect(api['archive.open']({ archive: join(root, 'nulla') })).rejects.toMatchObject({
      code: 'ARCHIVE_NOT_FOUND',
    });
    await expect(api['archive.open']({ archive: root })).rejects.toMatchObject({ code: 'ARCHIVE_NOT_AN_ARCHIVE' });
    const description = join(archive, 'travaso.json');
    const own = readFileSync(description, 'utf8');
    writeFileSync(description, own.replace('"version": 1', '"version": 2'));
    await expect(api['archive.open']({ archive })).rejects.toMatchObject({ code: 'ARCHIVE_NEWER' });
    writeFileSync(description, own);
    rmSync(join(archive, 'data'), { recursive: true });
    await expect(api['archive.open']({ archive })).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
  });

  test('goes on without mail files that are gone: they are told of, and the rest is found', async () => {
    const archive = join(place(), 'a');
    await writeArchive(archive, [mail('resta'), mail('perduto', { folder: ['Via'] })]);
    rmSync(join(archive, 'data', 'mail', 'via-0002.mbox'));
    const engine = engineWith();
    expect(await indexed(engine, archive)).toMatchObject({ phase: 'ready', incomplete: 1 });
    expect(await total(engine, archive, 'resta')).toBe(1);
    expect((await engine.api['messages.list']({ archive, folder: 2 })).rows).toMatchObject([{ subject: '' }]);
  });

  test('shows an archive that is being written to', async () => {
    const archive = join(place(), 'a');
    await writeArchive(archive, many(2));
    const ports = defaultPorts();
    const writing = await openArchive(archive, 'write', ports);
    const { api } = engineWith();
    expect(await api['archive.open']({ archive })).toMatchObject({ inUse: true, messages: 2 });
    writing.close();
    expect(await api['archive.open']({ archive })).toMatchObject({ inUse: false });
  });
});

describe('lists', () => {
  const messages = [
    mail('Re: beta', {
      header:
        'From: Zoe <z@e.it>\r\nDate: Mon, 4 Mar 2019 10:00:00 +0100\r\nMessage-ID: <2@x>\r\nIn-Reply-To: <1@x>\r\n',
      flags: ['\\Seen'],
    }),
    mail('beta', {
      header: 'From: Ànna <a@e.it>\r\nDate: Mon, 4 Mar 2019 09:00:00 +0100\r\nMessage-ID: <1@x>\r\n',
      body: 'x'.repeat(500),
    }),
    mail('Alfa', {
      header: 'From: mario@e.it\r\nDate: Thu, 01 Jan 1970 00:00:00 +0000\r\n',
      internalDate: new Date('2021-01-01T00:00:00Z'),
    }),
    mail('gamma', {
      header: 'From: Beppe <b@e.it>\r\n',
      internalDate: new Date('2018-01-01T00:00:00Z'),
      folder: ['Altra'],
    }),
    mail('R: beta di tutti', {
      header: 'From: Carla <c@e.it>\r\nReferences: <1@x> <2@x>\r\nMessage-ID: <3@x>\r\n',
      internalDate: new Date('2019-05-01T00:00:00Z'),
      folder: ['Altra'],
    }),
  ];

  test('are sorted and paged the same with an index and, by date and size, without', async () => {
    const archive = join(place(), 'a');
    await writeArchive(archive, messages);
    const { api, ...engine } = engineWith();
    const list = async (input: object): Promise<string[]> =>
      (await api['messages.list']({ archive, folder: null, ...input })).rows.map(({ subject }) => subject);
    await expect(list({ sort: 'from' })).rejects.toMatchObject({ code: 'SEARCH_INDEX_MISSING' });
    expect(await list({ sort: 'size', direction: 'descending', limit: 1 })).toEqual(['beta']);
    expect(await list({ folder: 2, direction: 'ascending' })).toEqual(['gamma', 'R: beta di tutti']);
    await indexed({ api, ...engine }, archive);
    const byDate = ['gamma', 'beta', 'Re: beta', 'R: beta di tutti', 'Alfa'];
    expect(await list({ sort: 'date', direction: 'ascending' })).toEqual(byDate);
    expect(await list({ sort: 'date' })).toEqual([...byDate].reverse());
    expect(await list({ sort: 'from', direction: 'ascending' })).toEqual([
      'beta',
      'gamma',
      'R: beta di tutti',
      'Alfa',
      'Re: beta',
    ]);
    expect(await list({ sort: 'subject', direction: 'ascending' })).toEqual([
      'Alfa',
      'Re: beta',
      'beta',
      'R: beta di tutti',
      'gamma',
    ]);
    expect(await list({ sort: 'date', direction: 'ascending', offset: 1, limit: 2 })).toEqual(byDate.slice(1, 3));
    expect(await list({ folder: 2, direction: 'ascending' })).toEqual(['gamma', 'R: beta di tutti']);
    const { rows } = await api['messages.thread']({ archive, folder: 1, number: 2 });
    expect(rows.map(({ subject }) => subject)).toEqual(['beta', 'Re: beta', 'R: beta di tutti']);
    expect(new Set(rows.map(({ thread }) => thread)).size).toBe(1);
    const [first] = (await api['messages.list']({ archive, folder: 1, direction: 'ascending' })).rows.slice(1, 2);
    expect(first).toMatchObject({
      number: 1,
      flags: ['\\Seen'],
      from: { name: 'Zoe', address: 'z@e.it' },
      date: '2019-03-04T09:00:00.000Z',
    });
  });

  test('an export takes what a search finds; the list of it is CSV, without formulas', async () => {
    const root = place();
    const archive = join(root, 'a');
    await writeArchive(archive, [...messages, mail('=CMD()', { flags: ['\\Answered'] })]);
    const csv = join(root, 'elenco.csv');
    const listed = await runHere([
      'export',
      '--archive',
      archive,
      '--to',
      csv,
      '--format',
      'csv',
      '--query',
      'oggetto:inesistente',
      '--json',
    ]);
    expect(listed.result).toMatchObject({ messages: { found: 0 } });
    rmSync(csv);
    expect((await runHere(['export', '--archive', archive, '--to', csv, '--format', 'csv', '--json'])).exitCode).toBe(
      0,
    );
    const lines = readFileSync(csv, 'utf8').split('\r\n');
    expect(lines[0]).toBe('\uFEFFfolder,number,date,from,address,to,subject,size,flags,keywords,sha256');
    expect(lines).toHaveLength(messages.length + 3);
    expect(lines.join()).toContain(`,"'=CMD()",`);
    const mbox = join(root, 'posta');
    const args = [
      'export',
      '--archive',
      archive,
      '--to',
      mbox,
      '--format',
      'mbox',
      '--status-headers',
      '--query',
      'oggetto:beta da:zoe',
    ];
    expect((await runHere([...args, '--json'])).result).toMatchObject({ messages: { found: 1 } });
    const [file = ''] = readdirSync(mbox);
    expect(readFileSync(join(mbox, file), 'utf8')).toMatch(/^From - .*\nStatus: RO\r\nSubject: Re: beta\r\n/);
    const nothing = await runHere(['export', '--archive', archive, '--to', join(root, 'n'), '--query', '!!', '--json']);
    expect(nothing).toMatchObject({ exitCode: 64, result: { problem: { code: 'SEARCH_MEANS_NOTHING' } } });
  });
});

test('the command line says what a query without meaning lacks, and fails for nobody', async () => {
  const archive = join(place(), 'a');
  await writeArchive(archive, many(2));
  const asked = await runHere(['search', '--archive', archive, 'dal:boh', '--lang', 'it']);
  expect(asked).toMatchObject({ exitCode: 0 });
  expect(asked.text).toContain('La data «boh» non è chiara');
  const excluded = await runHere(['search', '--archive', archive, '--json', 'perche', '-n0x']);
  expect(excluded.result).toMatchObject({ messages: { found: 1 } });
  expect(excluded.events.find(({ event }) => event === 'hit')).toMatchObject({ folder: ['INBOX'], number: 2 });
});
