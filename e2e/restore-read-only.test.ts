import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportSchema } from '../shared/model/report.ts';
import type { MigrationReport } from '../shared/model/report.ts';
import { expectAccount, manyUsers, newFolder, run, runTo, startFaulty, uploadArgs } from './reliability/journey.ts';
import { backedUp, below, figuresOf, inFolder, verifyArgs, zafferano } from './restore-rig.ts';
import type { RestoreScene } from './restore-rig.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { imagesUnavailable, mountImage } from './rig/loop-image.ts';
import type { LoopImage } from './rig/loop-image.ts';
import { plannedFaults } from './rig/planned-faults.ts';

const noImages = (await imagesUnavailable('tmpfs')) !== null;

describe.skipIf(!dovecotAvailable() || noImages)('from read-only media', () => {
  let server: DovecotServer;
  let scene: RestoreScene;
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(10), tls: 'none' });
    scene = await backedUp(server);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const medium = (): Promise<LoopImage> => mountImage({ kind: 'tmpfs', bytes: 40e6 });
  const archiveOn = ({ path }: LoopImage): string => {
    const archive = join(path, 'a');
    cpSync(scene.archive, archive, { recursive: true, preserveTimestamps: true });
    return archive;
  };
  const filesOf = (archive: string): string[] => readdirSync(archive, { recursive: true, encoding: 'utf8' }).sort();

  test.each([
    { user: 'u1', catalogue: 'its own catalogue', without: false },
    { user: 'u2', catalogue: 'no catalogue', without: true },
  ])('with $catalogue, mail is restored, proved, and not doubled, and nothing is written there', async each => {
    await using image = await medium();
    const archive = archiveOn(image);
    const to = { user: each.user, port: server.ports.imap };
    if (each.without) rmSync(join(archive, 'catalogue.sqlite'));
    else await runTo(0, uploadArgs(archive, to, '--messages', 'INBOX:1'));
    await image.remount('ro');
    const before = filesOf(archive);
    const cacheFolder = await newFolder();
    const ports = { ports: { cacheFolder } };
    const inbox = inFolder(scene.facts, 'INBOX');

    const first = await runTo(0, uploadArgs(archive, to, '--restore', '--folders', 'INBOX'), ports);
    expect(figuresOf(first)).toMatchObject({ uploaded: inbox.length - (each.without ? 0 : 1) });
    await expectAccount(server, to.user, inbox);
    const second = await runTo(0, uploadArgs(archive, to, '--restore', '--folders', 'INBOX'), ports);
    expect(figuresOf(second)).toMatchObject({ uploaded: 0, alreadyPresent: inbox.length });
    const proof = await runTo(0, verifyArgs(archive, to, '--restore', '--folders', 'INBOX'), ports);
    expect(figuresOf(proof)).toMatchObject({ verified: inbox.length });

    // Without what the cache remembers, octets tell.
    rmSync(cacheFolder, { recursive: true });
    const third = await runTo(0, uploadArgs(archive, to, '--restore', '--folders', 'INBOX'), ports);
    expect(figuresOf(third)).toMatchObject({ uploaded: 0, alreadyPresent: inbox.length });
    await expectAccount(server, to.user, inbox);
    expect(filesOf(archive)).toEqual(before);
    expect(existsSync(join(archive, 'travaso.lock'))).toBe(before.includes('travaso.lock'));
  });

  test('the result of a search is restored, with its index in the cache, too', async () => {
    await using image = await medium();
    const archive = archiveOn(image);
    await image.remount('ro');
    const to = { user: 'u6', port: server.ports.imap };
    const ports = { ports: { cacheFolder: await newFolder() } };
    for (const uploaded of [2, 0]) {
      const done = await runTo(0, uploadArgs(archive, to, '--query', 'zafferano', '--under', 'Dal disco'), ports);
      expect(figuresOf(done)).toMatchObject({ found: 2, uploaded });
    }
    await expectAccount(server, to.user, below('Dal disco', zafferano(scene.facts)));
  });

  test('a check of a copy is told with its day by a report that is written later, and of that copy alone', async () => {
    await using image = await medium();
    const archive = archiveOn(image);
    const other = join(image.path, 'b');
    cpSync(archive, other, { recursive: true });
    await image.remount('ro');
    const ports = { ports: { cacheFolder: await newFolder() } };
    const report = async (of: string): Promise<MigrationReport> => {
      const out = join(await newFolder(), 'report.json');
      await run(['report', '--archive', of, '--out', out], ports);
      return reportSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    };
    expect((await report(archive)).archiveCheck).toBeUndefined();
    const before = new Date().toISOString();
    expect((await run(['verify', '--archive', archive], ports)).exitCode).toBe(0);
    const after = new Date().toISOString();
    const { archiveCheck } = await report(archive);
    expect(archiveCheck).toMatchObject({ verified: scene.facts.length, problems: 0 });
    expect([before, archiveCheck?.finished, after].toSorted()).toEqual([before, archiveCheck?.finished, after]);
    expect((await report(archive)).archiveCheck).toEqual(archiveCheck);
    expect((await report(other)).archiveCheck).toBeUndefined();

    await image.remount('rw');
    const mail = join(other, 'data/mail', filesOf(join(other, 'data/mail')).find(name => name.endsWith('.mbox')) ?? '');
    const octets = readFileSync(mail);
    octets[octets.length >> 1] = (octets[octets.length >> 1] ?? 0) ^ 1;
    writeFileSync(mail, octets);
    await image.remount('ro');
    expect((await run(['verify', '--archive', other], ports)).exitCode).toBe(74);
    const damaged = await report(other);
    expect(damaged.archiveCheck?.problems).toBeGreaterThan(0);
    expect(damaged.exceptions.map(({ problem }) => problem.code)).toContain('ARCHIVE_FILE_CHANGED');
  });

  test('a restore that was killed goes on from the ledger in the cache', async () => {
    await using image = await medium();
    const archive = archiveOn(image);
    await image.remount('ro');
    const argsTo = (user: string): string[] =>
      uploadArgs(archive, { user, port: server.ports.imap }, '--under', 'Dal disco');
    const faults = plannedFaults(null);
    await runTo(0, argsTo('u3'), { env: { XDG_CACHE_HOME: await newFolder() }, ports: { faults } });
    const at = faults.moments.indexOf('target.append after') + 1;
    expect(at).toBeGreaterThan(0);

    const env = { XDG_CACHE_HOME: await newFolder() };
    const args = argsTo('u4');
    const killed = await startFaulty(args, `${at}:kill`, { env }).finished;
    expect(killed.signal).toBe('SIGKILL');
    const wanted = below('Dal disco', scene.facts);
    const { exitCode, result } = await startFaulty(args, null, { env }).finished;
    expect({ exitCode, result }).toMatchObject({ exitCode: 0 });
    await expectAccount(server, 'u4', wanted);
    expect(readdirSync(env.XDG_CACHE_HOME).length).toBeGreaterThan(0);
  });

  test('a migration is refused as before: its ledger belongs into the archive', async () => {
    await using image = await medium();
    const archive = archiveOn(image);
    await image.remount('ro');
    const refused = await run(uploadArgs(archive, { user: 'u5', port: server.ports.imap }));
    expect(refused.result).toMatchObject({ problem: { code: 'DISK_NOT_WRITABLE' } });
  });
});
