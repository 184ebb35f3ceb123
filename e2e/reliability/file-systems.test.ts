import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOrCreateArchive } from '../../electron/engine/archive/archive.ts';
import { ArchiveWriter } from '../../electron/engine/archive/archive-writer.ts';
import { sealBag } from '../../electron/engine/archive/bag.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { hostileFolderNames } from '../rig/hostile-folder-names.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { imagesUnavailable, mountImage } from '../rig/loop-image.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import {
  archiveFaults,
  backupArgs,
  expectAccount,
  expectArchive,
  manyUsers,
  runTo,
  startFaulty,
  untilTestEnds,
  uploadArgs,
} from './journey.ts';
import { plain } from './small-mailbox.ts';

const kinds = ['vfat', 'exfat', 'ext4'] as const;
const missing = new Map(await Promise.all(kinds.map(async kind => [kind, await imagesUnavailable(kind)] as const)));

describe.skipIf(!dovecotAvailable()).each(kinds)('an archive on %s', kind => {
  const skipped = missing.get(kind) !== null;
  let server: DovecotServer;
  let facts: readonly MailFact[];
  beforeAll(async () => {
    if (skipped) return;
    server = await startDovecot({ users: manyUsers(3), tls: 'none' });
    const names = hostileFolderNames.filter(
      name => !/[./]/.test(name) && name.length < 60 && name.toUpperCase() !== 'INBOX',
    );
    const messages = [
      ...generateMailbox({ messages: 300, medianSize: 3_000, largeShare: 0 }),
      ...names.map((name, index) =>
        plain([name], name.normalize('NFKC').replaceAll(/[^ -~]/g, '?'), `<${index}@nomi.it>`),
      ),
    ];
    facts = loadMaildir(server, messages, { user: 'mario' });
  });
  afterAll(async () => {
    if (!skipped) await server[Symbol.asyncDispose]();
  });

  test.skipIf(skipped).each(['mbox', 'eml'])(
    'is made, survives a crash, verifies and is carried over (%s)',
    async format => {
      const image = untilTestEnds(await mountImage({ kind, bytes: 120e6 }));
      const archive = join(image.path, 'archivio');
      const args = backupArgs(archive, { user: 'mario', port: server.ports.imap }, '--format', format);
      expect((await startFaulty(args, '150:kill').finished).signal).toBe('SIGKILL');
      await runTo(0, args);
      await expectArchive(archive, facts);
      for (const name of await readdir(archive, { recursive: true })) expect(isLegalEverywhere(name), name).toBe(true);
      const user = `u${['mbox', 'eml'].indexOf(format)}`;
      await runTo(0, uploadArgs(archive, { user, port: server.ports.imap }));
      await expectAccount(server, user, facts);
    },
  );

  test.skipIf(skipped)('rolls an mbox over before it grows too large', async () => {
    const image = untilTestEnds(await mountImage({ kind, bytes: 120e6 }));
    const archive = join(image.path, 'archivio');
    const limit = 100_000;
    const facts = await archiveWithRollOver(archive, limit);
    expect(await archiveFaults(archive, facts)).toEqual([]);
    const mail = join(archive, 'data', 'mail');
    const parts = (await readdir(mail)).filter(name => name.endsWith('.mbox'));
    expect(parts.length).toBeGreaterThan(5);
    for (const part of parts) expect((await stat(join(mail, part))).size).toBeLessThan(limit * 1.1);
  });
});

/** No reserved device name, no character or end that Windows refuses, nothing that needs Unicode. */
function isLegalEverywhere(path: string): boolean {
  return path
    .split('/')
    .every(
      name =>
        /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name) &&
        !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/.test(name) &&
        name.length < 100,
    );
}

async function archiveWithRollOver(root: string, rollOver: number): Promise<readonly MailFact[]> {
  const ports = defaultPorts();
  const archive = await openOrCreateArchive(root, 'mbox', ports);
  const writer = new ArchiveWriter(archive, ports.faults, rollOver);
  const folder = await writer.describe({
    account: 'imap://mario@ente.it',
    path: ['INBOX'],
    role: 'inbox',
    sourceName: 'INBOX',
    separator: '.',
    subscribed: true,
    selectable: true,
  });
  const facts: MailFact[] = [];
  let key = 0;
  for (const { octets, internalDate, flags, keywords } of generateMailbox({
    messages: 200,
    medianSize: 5_000,
    sizeSpread: 0.5,
    largeShare: 0,
  })) {
    key += 1;
    const attributes = { internalDate: internalDate.toISOString(), flags, keywords };
    const opened = await writer.open(folder);
    const outcome = await opened.store({ key: String(key), announcedSize: octets.length, ...attributes }, once(octets));
    const { sha256, size } = hashed(octets);
    expect(outcome).toMatchObject({ kind: 'stored', size });
    facts.push({
      folder: ['INBOX'],
      sha256,
      size,
      internalDate: internalDate.getTime(),
      flags: [...flags].sort(),
      keywords: [...keywords].sort(),
    });
  }
  await writer.checkpoint();
  await sealBag(archive, ports);
  archive.close();
  return facts;
}

function hashed(octets: Buffer): { sha256: string; size: number } {
  return { sha256: createHash('sha256').update(octets).digest('hex'), size: octets.length };
}

async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(octets);
}
