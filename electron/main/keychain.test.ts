import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createKeychain as createKeychainApi, type Cipher } from './keychain.ts';

vi.mock('electron', () => ({ safeStorage: {} }));

const id = '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a01';
const other = '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a02';
const password = 'Canarino-segreto';
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'travaso-keychain-'));
  path = join(folder, 'secrets.json');
});
afterEach(() => rm(folder, { recursive: true }));

/** Seals by turning every octet over, which is enough to tell sealed from open. */
function cipher(backend: ReturnType<Cipher['getSelectedStorageBackend']>, available = true): Cipher {
  const turn = (octets: Buffer) => Buffer.from(octets.map(octet => octet ^ 0xff));
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    encryptStringAsync: text => Promise.resolve(turn(Buffer.from(text))),
    decryptStringAsync: sealed => Promise.resolve({ result: turn(sealed).toString(), shouldReEncrypt: false }),
  };
}
/** The keychain as its callers think of it. */
function createKeychain(...options: Parameters<typeof createKeychainApi>) {
  const api = createKeychainApi(...options);
  return {
    keep: (signInId: string, kept: string) => api['secrets.keep']({ signInId, password: kept }),
    password: async (signInId: string) => (await api['secrets.password']({ signInId })).password,
    forget: (signInId: string) => api['secrets.forget']({ signInId }),
  };
}
const onDisk = () => readFile(path, 'utf8').catch(() => '');

test('a password outlives the program, sealed', async () => {
  await createKeychain(path, cipher('gnome_libsecret')).keep(id, password);
  expect(await onDisk()).not.toContain(password);
  expect(await createKeychain(path, cipher('gnome_libsecret')).password(id)).toBe(password);
});

test.each([
  ['a key known to everybody', cipher('basic_text')],
  ['an unknown backend', cipher('unknown')],
  ['no encryption', cipher('kwallet6', false)],
  ['no asynchronous interface', { getSelectedStorageBackend: () => 'kwallet6' } as Cipher],
])('with %s nothing reaches the disk, and this run still has it', async (_, weak) => {
  if (process.platform !== 'linux') return;
  const keychain = createKeychain(path, weak);
  await keychain.keep(id, password);
  expect(await onDisk()).toBe('');
  expect(await keychain.password(id)).toBe(password);
  expect(await createKeychain(path, weak).password(id)).toBeNull();
});

test('a forgotten password is gone from memory and disk, and its neighbour stays', async () => {
  const keychain = createKeychain(path, cipher('kwallet6'));
  await Promise.all([keychain.keep(id, password), keychain.keep(other, 'altro')]);
  await keychain.forget(id);
  expect(await keychain.password(id)).toBeNull();
  expect(await onDisk()).not.toContain(id);
  expect(await createKeychain(path, cipher('kwallet6')).password(other)).toBe('altro');
});

test('after a month the password is asked again', async () => {
  const then = () => new Date('2026-10-01T00:00:00Z');
  await createKeychain(path, cipher('kwallet6'), then).keep(id, password);
  const later = () => new Date('2026-11-01T00:00:00Z');
  expect(await createKeychain(path, cipher('kwallet6'), later).password(id)).toBeNull();
});

test('what another account or computer sealed is as good as not kept', async () => {
  await createKeychain(path, cipher('kwallet6')).keep(id, password);
  const foreign = { ...cipher('kwallet6'), decryptStringAsync: () => Promise.reject(new Error('bad key')) };
  expect(await createKeychain(path, foreign).password(id)).toBeNull();
});
