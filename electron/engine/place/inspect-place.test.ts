import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noMessages } from '../../../shared/model/job.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import type { Place } from '../../../shared/model/place.ts';
import { openOrCreateArchive } from '../archive/archive.ts';
import { ArchiveWriter } from '../archive/archive-writer.ts';
import { putJob } from '../archive/catalogue/job-journal.ts';
import type { JobRecord } from '../archive/catalogue/job-journal.ts';
import { defaultPorts } from '../default-ports.ts';
import { inspectPlace } from './inspect-place.ts';

const ports = defaultPorts({ disk: { freeBytes: () => Promise.resolve(1234) } });

async function temporary(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'travaso-place-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

function look(path: string, live: readonly JobSnapshot[] = []): Promise<Place> {
  return inspectPlace({ path, disk: ports.disk, live });
}

const job: JobRecord = {
  id: '0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b02',
  kind: 'backup',
  status: 'running',
  created: '2026-11-22T06:00:00.000Z',
  updated: '2026-11-22T06:10:00.000Z',
  account: 'imap://anna@old.ente.it',
  figures: { ...noMessages, stored: 2 },
  octets: 9,
  elapsedMs: 600_000,
  manifestSha256: null,
  problem: null,
};

/** An archive of two messages whose backup was killed. */
async function killedArchive(root: string): Promise<void> {
  const archive = await openOrCreateArchive(root, 'eml', ports);
  const writer = new ArchiveWriter(archive, ports.faults);
  const account = 'imap://anna@old.ente.it';
  const described = { account, path: ['INBOX'], role: 'inbox', sourceName: 'INBOX', separator: '/' } as const;
  const folder = await writer.open(await writer.describe({ ...described, subscribed: true, selectable: true }));
  for (const key of ['1', '2']) {
    const attributes = { key, announcedSize: null, internalDate: null, flags: [], keywords: [] };
    await folder.store(attributes, bodyOf(`n: ${key}`));
  }
  await writer.checkpoint();
  archive.catalogue.commit(() => putJob(archive.catalogue.db, job));
  archive.close();
}

async function* bodyOf(text: string): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield Buffer.from(text);
}

async function everythingIn(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  const facts = await Promise.all(names.sort().map(async name => [name, (await stat(join(root, name))).mtimeMs]));
  return facts.map(fact => fact.join(' '));
}

test('a folder that is empty, or not there yet, holds nothing', async () => {
  const root = await temporary();
  const nothing: Place = { freeBytes: 1234, holds: 'nothing', archive: null, problem: null };
  expect(await look(root)).toEqual(nothing);
  expect(await look(join(root, 'nuovo'))).toEqual(nothing);
  expect(await readdir(root)).toEqual([]);
});

test('a folder on a disk that is not there is unreachable', async () => {
  const root = await temporary();
  expect(await look(join(root, 'chiavetta', 'Travaso'))).toMatchObject({ holds: 'unreachable', freeBytes: null });
});

test('other files are other files, also when one of them is in the place of the folder', async () => {
  const root = await temporary();
  await writeFile(join(root, 'lettera.odt'), '');
  expect(await look(root)).toMatchObject({ holds: 'other-files', problem: null });
  expect(await look(join(root, 'lettera.odt'))).toMatchObject({
    holds: 'other-files',
    problem: { code: 'DISK_NOT_WRITABLE' },
  });
});

test('an archive is told with its contents and its killed job as interrupted, and stays as it was', async () => {
  const root = await temporary();
  await killedArchive(root);
  const before = await everythingIn(root);
  const place = await look(root);
  expect(place).toMatchObject({ holds: 'archive', problem: null });
  expect(place.archive).toMatchObject({
    ...{ source: 'imap://anna@old.ente.it', target: null, mailFormat: 'eml', sealed: false, messages: 2, octets: 8 },
    lastJob: { id: job.id, status: 'interrupted', figures: { stored: 2 } },
  });
  expect(await everythingIn(root)).toEqual(before);
});

test('of a job of this process the process knows best', async () => {
  const root = await temporary();
  await killedArchive(root);
  const [remembered] = [(await look(root)).archive?.lastJob];
  const live = { ...remembered, status: 'pausing', updated: '2026-11-22T06:11:00.000Z' } as JobSnapshot;
  expect((await look(root, [live])).archive?.lastJob?.status).toBe('pausing');
});

test('without its catalogue an archive is counted from what lies beside the mail', async () => {
  const root = await temporary();
  await killedArchive(root);
  await rm(join(root, 'catalogue.sqlite'));
  expect((await look(root)).archive).toMatchObject({ source: 'imap://anna@old.ente.it', messages: 2, octets: 8 });
  expect(await readdir(root)).not.toContain('catalogue.sqlite');
});

test('an archive of a newer version is an archive that cannot be worked on', async () => {
  const root = await temporary();
  await mkdir(join(root, 'data'));
  const description = { format: 'travaso-archive', version: 99, id: job.id, created: job.created, mailFormat: 'mbox' };
  await writeFile(join(root, 'travaso.json'), JSON.stringify(description));
  expect(await look(root)).toMatchObject({ holds: 'archive', archive: null, problem: { code: 'ARCHIVE_NEWER' } });
});
