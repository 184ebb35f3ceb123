import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from './reliability/change-mailbox.ts';
import {
  accountOf,
  backupArgs,
  copyOf,
  expectAccount,
  manyUsers,
  newFolder,
  run,
  runTo,
  uploadArgs,
} from './reliability/journey.ts';
import type { Account } from './reliability/journey.ts';
import { backedUp, below, figuresOf, inFolder, verifyArgs, zafferano } from './restore-rig.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import type { LoadedMessage } from './rig/load-maildir.ts';

describe.skipIf(!dovecotAvailable())('a restore', () => {
  let server: DovecotServer;
  let facts: readonly LoadedMessage[];
  let original: string;
  let users = 0;
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(20), tls: 'none' });
    ({ archive: original, facts } = await backedUp(server));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** A mailbox of its own, and a copy of the archive. */
  const begin = async (): Promise<{ to: Account; archive: string }> => {
    users += 1;
    return { to: { user: `u${users}`, port: server.ports.imap }, archive: await copyOf(original) };
  };

  test('brings one message back to its old folder, proves it, and adds nothing the second time', async () => {
    const { to, archive } = await begin();
    const chosen = ['--messages', 'INBOX:3'];
    const wanted = inFolder(facts, 'INBOX').filter(({ uid }) => uid === 3);
    const plan = await runTo(0, uploadArgs(archive, to, ...chosen, '--dry-run'));
    expect(plan.result).toMatchObject({ plan: { messages: 1, folders: [{ path: ['INBOX'], messages: 1 }] } });
    await expectAccount(server, to.user, []);
    expect(figuresOf(await runTo(0, uploadArgs(archive, to, ...chosen)))).toMatchObject({ found: 1, uploaded: 1 });
    await expectAccount(server, to.user, wanted);
    expect(figuresOf(await runTo(0, uploadArgs(archive, to, ...chosen)))).toMatchObject({
      ...{ found: 1, uploaded: 0, alreadyPresent: 1 },
    });
    await expectAccount(server, to.user, wanted);
    expect(figuresOf(await runTo(0, verifyArgs(archive, to, ...chosen)))).toMatchObject({ found: 1, verified: 1 });
    // No folder was made of which nothing was chosen.
    expect((await accountOf(server, to.user)).folders.map(({ path }) => path)).toEqual([['INBOX']]);
  });

  test('puts a folder, and then everything, below one named folder, and each message there once', async () => {
    const { to, archive } = await begin();
    const place = ['--under', 'Ripristino'];
    await runTo(0, uploadArgs(archive, to, ...place, '--folders', 'Progetti'));
    await expectAccount(server, to.user, below('Ripristino', inFolder(facts, 'Progetti/2023/Città di Napoli')));
    const proof = await runTo(0, verifyArgs(archive, to, ...place, '--folders', 'Progetti'));
    expect(figuresOf(proof)).toMatchObject({ verified: inFolder(facts, 'Progetti/2023/Città di Napoli').length });
    await runTo(0, uploadArgs(archive, to, ...place));
    await expectAccount(server, to.user, below('Ripristino', facts));
    const again = await runTo(0, uploadArgs(archive, to, '--under', ' Ripristino/ '));
    expect(figuresOf(again)).toMatchObject({ found: facts.length, uploaded: 0, alreadyPresent: facts.length });
    await expectAccount(server, to.user, below('Ripristino', facts));
    expect(figuresOf(await runTo(0, verifyArgs(archive, to, ...place)))).toMatchObject({ verified: facts.length });
  });

  test('of a search leaves alone what the mailbox has, also what came by another way', async () => {
    const { to, archive } = await begin();
    const [inInbox] = zafferano(facts);
    await deliver(server, to.user, ['INBOX'], 'Altra posta');
    // Brought by the hand of the person, without a ledger that knows of it.
    await runTo(0, uploadArgs(await copyOf(original), to, '--messages', `INBOX:${inInbox?.uid}`));
    const before = (await accountOf(server, to.user)).messages;
    const found = await runTo(0, uploadArgs(archive, to, '--query', 'zafferano'));
    expect(figuresOf(found)).toMatchObject({ found: 2, uploaded: 1, alreadyPresent: 1 });
    await expectAccount(server, to.user, [...before, ...zafferano(facts).slice(1)]);
    const proof = await runTo(0, verifyArgs(archive, to, '--query', 'zafferano'));
    expect(figuresOf(proof)).toMatchObject({ found: 2, verified: 2 });
  });

  test('brings back what was deleted in the new mailbox after the migration, and only that', async () => {
    const { to, archive } = await begin();
    await runTo(0, uploadArgs(archive, to));
    await runTo(0, verifyArgs(archive, to));
    await expectAccount(server, to.user, facts);
    await server.doveadm('expunge', '-u', to.user, 'mailbox', 'INBOX', 'uid', '2,7');
    // As many as before: counting would not tell that some are gone.
    await deliver(server, to.user, ['INBOX'], 'Nuova uno');
    await deliver(server, to.user, ['INBOX'], 'Nuova due');
    const fresh = (await accountOf(server, to.user)).messages.filter(
      ({ folder, sha256 }) => folder[0] === 'INBOX' && !facts.some(fact => fact.sha256 === sha256),
    );
    expect((await run(verifyArgs(archive, to, '--messages', 'INBOX:2', 'INBOX:7'))).exitCode).toBe(2);

    const plan = await runTo(0, uploadArgs(archive, to, '--restore', '--dry-run'));
    expect(plan.result).toMatchObject({ plan: { messages: 2 } });
    const restored = await runTo(0, uploadArgs(archive, to, '--messages', 'INBOX:2'));
    expect(figuresOf(restored)).toMatchObject({ found: 1, uploaded: 1 });
    const rest = await runTo(0, uploadArgs(archive, to, '--restore', '--folders', 'INBOX'));
    expect(figuresOf(rest)).toMatchObject({ uploaded: 1, alreadyPresent: inFolder(facts, 'INBOX').length - 1 });
    await expectAccount(server, to.user, [...facts, ...fresh]);
    await runTo(0, verifyArgs(archive, to));
  });

  test('to another place leaves the migration and its report as they were, and is told in it', async () => {
    const { to, archive } = await begin();
    await runTo(0, uploadArgs(archive, to));
    await runTo(0, verifyArgs(archive, to));
    await runTo(0, uploadArgs(archive, to, '--under', 'Copia', '--messages', 'INBOX:1', 'INBOX:2'));
    await runTo(0, verifyArgs(archive, to, '--under', 'Copia', '--messages', 'INBOX:1', 'INBOX:2'));
    const two = inFolder(facts, 'INBOX').filter(({ uid }) => uid <= 2);
    await expectAccount(server, to.user, [...facts, ...below('Copia', two)]);
    expect(figuresOf(await runTo(0, uploadArgs(archive, to)))).toMatchObject({ uploaded: 0 });
    await expectAccount(server, to.user, [...facts, ...below('Copia', two)]);

    const out = join(await newFolder(), 'r.json');
    await runTo(0, ['report', '--archive', archive, '--out', out, '--json']);
    const report = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({ outcome: 'complete', totals: { verified: facts.length } });
    expect(report['runs']).toContainEqual(
      expect.objectContaining({ kind: 'upload', restore: { under: ['Copia'], query: null, found: 2, setAside: 0 } }),
    );
    const page = out.replace(/json$/, 'html');
    await runTo(0, ['report', '--archive', archive, '--out', page, '--lang', 'it', '--json']);
    expect(readFileSync(page, 'utf8')).toContain('Controllo del ripristino');
  });

  test('brings back what the old mailbox had lost, but a moved message once', async () => {
    await using old = await startDovecot({ tls: 'none' });
    const from = { user: 'mario', port: old.ports.imap };
    const archive = await newFolder();
    for (const subject of ['Resta', 'Perduta', 'Spostata']) await deliver(old, 'mario', ['INBOX'], subject);
    await runTo(0, backupArgs(archive, from));
    const [stays, lost] = (await accountOf(old, 'mario')).messages;
    await old.doveadm('mailbox', 'create', '-u', 'mario', 'Fatto');
    await old.doveadm('move', '-u', 'mario', 'Fatto', 'mailbox', 'INBOX', 'uid', '3');
    await old.doveadm('expunge', '-u', 'mario', 'mailbox', 'INBOX', 'uid', '2');
    await runTo(0, backupArgs(archive, from));
    const [moved] = (await accountOf(old, 'mario')).messages.filter(({ folder }) => folder[0] === 'Fatto');
    if (stays === undefined || lost === undefined || moved === undefined) throw new Error('not as it was delivered');

    const { to } = await begin();
    await runTo(0, uploadArgs(archive, to));
    await expectAccount(server, to.user, [stays, moved]);
    await runTo(0, uploadArgs(archive, to, '--restore'));
    await expectAccount(server, to.user, [stays, moved, lost]);
    // Pointed at, it goes where it was pointed at.
    await runTo(0, uploadArgs(archive, to, '--messages', 'INBOX:3'));
    await expectAccount(server, to.user, [stays, moved, lost, { ...moved, folder: ['INBOX'] }]);
    expect(figuresOf(await runTo(0, verifyArgs(archive, to, '--messages', 'INBOX:3')))).toMatchObject({ verified: 1 });
    await runTo(0, verifyArgs(archive, to));
  });

  test('of one message from below a folder leaves that folder free for its own mail', async () => {
    await using old = await startDovecot({ tls: 'none' });
    const archive = await newFolder();
    await deliver(old, 'mario', ['Lavoro'], 'Sopra');
    await deliver(old, 'mario', ['Lavoro', 'Clienti'], 'Sotto');
    await runTo(0, backupArgs(archive, { user: 'mario', port: old.ports.imap }));
    const { messages } = await accountOf(old, 'mario');
    const { to } = await begin();
    await runTo(0, uploadArgs(archive, to, '--messages', 'Lavoro/Clienti:1'));
    await runTo(0, uploadArgs(archive, to));
    await expectAccount(server, to.user, messages);
  });

  test('keeps the ledger of the other messages when the folder was renumbered', async () => {
    const { to, archive } = await begin();
    await runTo(0, uploadArgs(archive, to));
    await server.doveadm('mailbox', 'update', '-u', to.user, '--uid-validity', '1900000000', 'INBOX');
    expect(figuresOf(await runTo(0, uploadArgs(archive, to, '--messages', 'INBOX:4')))).toMatchObject({
      ...{ found: 1, uploaded: 0, alreadyPresent: 1 },
    });
    await expectAccount(server, to.user, facts);
    expect(figuresOf(await runTo(0, verifyArgs(archive, to)))).toMatchObject({ verified: facts.length });
  });

  test.each([
    ['a search that finds nothing', ['--query', 'introvabile'], 64, 'RESTORE_NOTHING_CHOSEN'],
    ['a search that means nothing', ['--query', ' '], 64, 'SEARCH_MEANS_NOTHING'],
    ['a message that is not there', ['--messages', 'INBOX:9999'], 64, 'ARCHIVE_MESSAGE_UNKNOWN'],
    ['a folder that is not there', ['--messages', 'Inventata:1'], 64, 'ARCHIVE_FOLDER_UNKNOWN'],
    ['a message without its number', ['--messages', 'INBOX'], 64, 'USAGE_INVALID'],
    ['a place without a name', ['--under', ' / '], 64, 'RESTORE_PLACE_INVALID'],
    ['an empty folder', ['--restore', '--folders', 'Vuota'], 64, 'RESTORE_NOTHING_CHOSEN'],
  ])('is refused for %s, and nothing is sent', async (_name, chosen, exitCode, code) => {
    const { to, archive } = await begin();
    const refused = await run(uploadArgs(archive, to, ...chosen));
    expect({ exitCode: refused.exitCode, ...refused.result }).toMatchObject({ exitCode, problem: { code } });
    await expectAccount(server, to.user, []);
  });

  test('of a whole archive that was never uploaded equals a migration', async () => {
    const { to, archive } = await begin();
    await runTo(0, uploadArgs(archive, to, '--restore'));
    await expectAccount(server, to.user, facts);
  });
});
