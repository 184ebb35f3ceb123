import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noMessages } from '../../../shared/model/job.ts';
import type { JobException } from '../../../shared/model/job.ts';
import { openOrCreateArchive } from '../archive/archive.ts';
import { ArchiveWriter } from '../archive/archive-writer.ts';
import { addException, putJob } from '../archive/catalogue/job-journal.ts';
import { createEngine } from '../create-engine.ts';
import { defaultPorts } from '../default-ports.ts';

const ports = defaultPorts();
const canaries = {
  user: 'canarino.utente',
  domain: 'canarino-dominio.it',
  folder: 'CanarinoCartella',
  subject: 'CanarinoOggetto',
  password: 'canarino-password',
  place: 'CanarinoPosto',
};
const account = `imap://${canaries.user}%40ente.it@posta.${canaries.domain}`;

async function archiveFullOfCanaries(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'travaso-diagnostics-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const root = join(parent, canaries.place);
  const archive = await openOrCreateArchive(root, 'mbox', ports);
  const writer = new ArchiveWriter(archive, ports.faults);
  const described = { account, path: [canaries.folder], role: null, sourceName: canaries.folder, separator: '/' };
  const folder = await writer.open(await writer.describe({ ...described, subscribed: true, selectable: true }));
  await folder.store(
    { key: '1', announcedSize: null, internalDate: null, flags: [], keywords: [canaries.subject] },
    bodyOf(`Subject: ${canaries.subject}\r\n\r\n`),
  );
  await writer.checkpoint();
  const exceptions: JobException['problem'][] = [
    { code: 'MESSAGE_UNREADABLE', details: { folder: canaries.folder, reason: canaries.subject } },
    { code: 'MESSAGE_UNREADABLE', details: { folder: canaries.folder, reason: canaries.subject } },
    { code: 'TARGET_FOLDER_REFUSED', details: { reason: canaries.folder, text: `NO ${canaries.folder}` } },
    { code: 'FOLDER_VANISHED', details: { systemCode: canaries.folder } },
  ];
  archive.catalogue.commit(() => {
    const id = '0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b02';
    putJob(archive.catalogue.db, {
      ...{ id, kind: 'backup', status: 'paused', account, octets: 9, elapsedMs: 61_000, manifestSha256: null },
      ...{ created: '2026-11-22T06:00:00.000Z', updated: '2026-11-22T06:10:00.000Z' },
      figures: { ...noMessages, stored: 1 },
      problem: { code: 'DISK_FULL', details: { path: root, systemCode: 'ENOSPC' } },
    });
    for (const problem of exceptions) {
      addException(archive.catalogue.db, id, { problem, folder: [canaries.folder], number: 1, key: canaries.subject });
    }
  });
  archive.close();
  return root;
}

async function* bodyOf(text: string): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield Buffer.from(text);
}

test('codes and figures are told, and nobody and nothing by name', async () => {
  const root = await archiveFullOfCanaries();
  const engine = createEngine(ports);
  const { api } = engine;
  await api['archive.inspect']({ path: root });
  const { signInId } = await api['signIn.password']({ password: canaries.password });
  // No server listens on the discard port of this computer.
  const here = { address: `imap://${canaries.user}@127.0.0.1:9`, signInId, tls: 'none-on-loopback' as const };
  await expect(api['account.check']({ account: here })).rejects.toThrow();
  await expect(api['report.read']({ archive: join(root, canaries.folder) })).rejects.toThrow();

  const { text } = await api['diagnostics.read']({});
  await engine.close();
  for (const canary of [...Object.values(canaries), tmpdir(), signInId]) {
    expect(text.toLowerCase()).not.toContain(canary.toLowerCase());
  }
  expect(text).toMatch(/^Travaso \d+\.\d+\.\d+\nsystem: /);
  expect(text).toContain('archive: format=mbox version=1 sealed=no folders=1 messages=1 octets=28 free=');
  expect(text).toContain('job backup: paused 2026-11-22T06:10:00.000Z seconds=61 found=0 stored=1');
  expect(text).toContain('T-510 DISK_FULL ENOSPC');
  expect(text).toMatch(/ 2 x T-405 MESSAGE_UNREADABLE folder=[0-9a-f]{8}\n/);
  expect(text).toMatch(/ account\.check T-10\d SERVER_/);
  expect(text).toMatch(/ report\.read T-501 ARCHIVE_NOT_FOUND\n/);
});

test('a folder has the same mark throughout one archive, and another in the next', async () => {
  const marks: string[] = [];
  for (const root of [await archiveFullOfCanaries(), await archiveFullOfCanaries()]) {
    const engine = createEngine(ports);
    await engine.api['archive.inspect']({ path: root });
    const { text } = await engine.api['diagnostics.read']({});
    marks.push(...new Set(text.match(/folder=[0-9a-f]{8}/g)));
    await engine.close();
  }
  expect(new Set(marks).size).toBe(2);
  expect(marks).toHaveLength(2);
});
