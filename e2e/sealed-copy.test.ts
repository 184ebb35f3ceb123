import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './rig/run-cli.ts';

/** The whole archive as one file that the stock `age` opens too, and that lets itself be opened by nobody else. */

const hasAge = spawnSync('age', ['--version']).error === undefined;
if (!hasAge) console.warn('SKIPPED: the sealed copy against the stock age: no program of that name');

const passphrase = 'perché no? sette gatti neri';
const env = { SEAL: passphrase };

/** A key instead of the passphrase where that is not what the test is about: scrypt takes its time on purpose. */
let byKey: readonly string[];
let withKey: readonly string[];
let home: string;
let archive: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'travaso-seal-'));
  const identity = await generateIdentity();
  await writeFile(join(home, 'key.txt'), `${identity}\n`);
  byKey = ['--recipient', await identityToRecipient(identity)];
  withKey = ['--identity', join(home, 'key.txt')];
  const mail = join(home, 'mail');
  await mkdir(mail);
  for (let number = 1; number <= 40; number += 1) {
    const text = `From: a@ente.it\r\nSubject: Protocollo ${number}\r\nMessage-ID: <${number}@ente.it>\r\n\r\n${'x'.repeat(5000)}\r\n`;
    await writeFile(join(mail, `${number}.eml`), text);
  }
  archive = join(home, 'Posta di Anna');
  const { exitCode } = await runCli(['backup', '--source', `eml:${mail}`, '--archive', archive, '--json']);
  expect(exitCode).toBe(0);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const seal = (to: string, more: readonly string[] = ['--passphrase-env', 'SEAL']) =>
  runCli(['seal', '--archive', archive, '--to', to, '--json', ...more], { env });
const unseal = (from: string, to: string, more: readonly string[] = ['--passphrase-env', 'SEAL']) =>
  runCli(['unseal', '--from', from, '--to', to, '--json', ...more], { env });
const place = async (): Promise<string> => await mkdtemp(join(home, 'p-'));

/** SHA-256 of every file by its path; the lock and what SQLite keeps beside its file are no part of an archive. */
async function hashes(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found: Record<string, string> = {};
  for (const entry of entries.filter(each => each.isFile() && !each.name.startsWith('travaso.lock'))) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(root.length)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}
const filesIn = async (root: string): Promise<number> => (await readdir(root).catch(() => [])).length;
const codeOf = ({ result }: Awaited<ReturnType<typeof runCli>>): unknown =>
  (result as { problem?: { code: string } | null } | null)?.problem?.code ?? null;

test('an archive comes back as it was, and holds together', async () => {
  const at = await place();
  const sealed = join(at, 'posta.tar.age');
  expect((await seal(sealed)).exitCode).toBe(0);
  expect((await readFile(sealed)).includes('Protocollo')).toBe(false);
  expect(await readdir(at)).toEqual(['posta.tar.age']);
  const back = join(at, 'di nuovo');
  expect((await unseal(sealed, back)).exitCode).toBe(0);
  expect(await hashes(back)).toEqual(await hashes(archive));
  expect((await runCli(['verify', '--archive', back])).exitCode).toBe(0);
});

test.skipIf(!hasAge)('the stock age and tar open it with a key of age-keygen, and we open theirs', async () => {
  const at = await place();
  const identity = join(at, 'chiave.txt');
  const recipient = /age1\w+/.exec(spawnSync('age-keygen', ['-o', identity], { encoding: 'utf8' }).stderr)?.[0] ?? '';
  const sealed = join(at, 'posta.tar.age');
  expect((await seal(sealed, ['--recipient', recipient])).exitCode).toBe(0);
  const tar = join(at, 'posta.tar');
  execFileSync('age', ['-d', '-i', identity, '-o', tar, sealed]);
  execFileSync('tar', ['-xf', tar, '-C', at]);
  expect(await hashes(join(at, 'Posta di Anna'))).toEqual(await hashes(archive));

  const theirs = join(at, 'loro.age');
  execFileSync('age', ['-r', recipient, '-o', theirs, tar]);
  expect((await unseal(theirs, join(at, 'back'), ['--identity', identity])).exitCode).toBe(0);
  expect(await hashes(join(at, 'back'))).toEqual(await hashes(archive));
});

test('a wrong passphrase opens nothing and writes nothing', async () => {
  const at = await place();
  const sealed = join(at, 'posta.age');
  await seal(sealed);
  const run = await runCli(
    ['unseal', '--from', sealed, '--to', join(at, 'back'), '--json', '--passphrase-env', 'SEAL'],
    { env: { SEAL: 'perche no? sette gatti neri' } },
  );
  expect([run.exitCode, codeOf(run), await filesIn(join(at, 'back'))]).toEqual([77, 'SEALED_KEY_WRONG', 0]);
});

test('a changed or shortened copy is refused, and nothing of it is left', async () => {
  const at = await place();
  const sealed = join(at, 'posta.age');
  await seal(sealed, byKey);
  const whole = await readFile(sealed);
  const places = [0.3, 0.6, 0.999].map(share => Math.floor(whole.length * share));
  for (const position of places) {
    const flipped = join(at, `flip-${position}.age`);
    const octets = Buffer.from(whole);
    octets[position] = (octets[position] ?? 0) ^ 1;
    await writeFile(flipped, octets);
    const run = await unseal(flipped, join(at, 'flipped'), withKey);
    expect([run.exitCode, codeOf(run), await filesIn(join(at, 'flipped'))]).toEqual([74, 'SEALED_COPY_DAMAGED', 0]);

    const short = join(at, `short-${position}.age`);
    await cp(sealed, short);
    await truncate(short, position);
    const cut = await unseal(short, join(at, 'cut'), withKey);
    expect([cut.exitCode, codeOf(cut), await filesIn(join(at, 'cut'))]).toEqual([74, 'SEALED_COPY_DAMAGED', 0]);
  }
});

test('what is no sealed copy, a taken place and a missing passphrase each say so', async () => {
  const at = await place();
  const file = join(at, 'lettera.age');
  await writeFile(file, 'Gentile Anna,\n');
  expect(codeOf(await unseal(file, join(at, 'x')))).toBe('SEALED_COPY_INVALID');
  expect(codeOf(await unseal(join(at, 'nessuno.age'), join(at, 'x')))).toBe('INPUT_FILE_INVALID');
  expect(codeOf(await seal(file))).toBe('EXPORT_PLACE_TAKEN');
  expect(codeOf(await seal(join(archive, 'dentro.age')))).toBe('EXPORT_PLACE_TAKEN');
  expect(codeOf(await seal(join(at, 'senza.age'), []))).toBe('PASSWORD_MISSING');
  expect(codeOf(await seal(join(at, 'r.age'), ['--recipient', 'age1sbagliata']))).toBe('RECIPIENT_INVALID');
  const sealed = join(at, 'posta.age');
  await seal(sealed, byKey);
  expect(codeOf(await unseal(sealed, at))).toBe('EXPORT_PLACE_TAKEN');
});

test('a copy made by somebody else cannot write outside its folder nor leave links', async () => {
  const at = await place();
  const evil = join(at, 'evil');
  await mkdir(join(evil, 'a'), { recursive: true });
  await cp(join(archive, 'travaso.json'), join(evil, 'a', 'travaso.json'));
  await symlink('/etc', join(evil, 'a', 'etc'));
  await writeFile(join(at, 'out.txt'), 'fuori');
  const tar = join(at, 'evil.tar');
  await promisify(execFile)('tar', ['-P', '-cf', tar, '-C', evil, 'a', 'a/../../out.txt']);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(10);
  const sealed = join(at, 'evil.age');
  await writeFile(sealed, await encrypter.encrypt(await readFile(tar)));
  await rm(join(at, 'out.txt'));
  const back = join(at, 'back');
  const run = await unseal(sealed, back);
  expect((await readdir(at)).includes('out.txt')).toBe(false);
  expect(await readdir(back)).not.toContain('etc');
  expect([0, 74]).toContain(run.exitCode);
});
