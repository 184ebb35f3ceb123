import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { methods } from '../../../shared/contract.ts';
import { createGrantedPaths, grantPicked, type Grant, type GrantStore } from './granted-paths.ts';
import type { HostApi } from '../../../shared/host-contract.ts';
import { guardPaths } from './guard-paths.ts';
import { hostDispatch } from './host-dispatch.ts';
import type { Dispatch } from './serve-api.ts';
import { pathsIn } from './paths-in.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'travaso-grants-'));
  await mkdir(join(home, 'archivio'));
  await mkdir(join(home, 'archivio-segreto'));
  await mkdir(join(home, 'altro'));
  await writeFile(join(home, 'altro', 'chiave.pem'), '');
  await symlink(join(home, 'altro'), join(home, 'archivio', 'via'));
});
afterAll(() => rm(home, { recursive: true }));

function memoryStore(): GrantStore {
  let kept: readonly Grant[] = [];
  return {
    read: () => Promise.resolve(kept),
    write: grants => {
      kept = grants;
      return Promise.resolve();
    },
  };
}

test('a granted folder allows itself and what is or will be beneath it', async () => {
  const granted = createGrantedPaths(memoryStore());
  await granted.grant(join(home, 'archivio'), 'folder');
  expect(await granted.allows(join(home, 'archivio'))).toBe(true);
  expect(await granted.allows(join(home, 'archivio', 'data', 'mail', 'nuovo.mbox'))).toBe(true);
  expect(await granted.allows(join(home, 'archivio', '..foo'))).toBe(true);
});

test('what was pointed at is granted as what it is, whichever dialog or drop it came from', async () => {
  const granted = createGrantedPaths(memoryStore());
  expect(await grantPicked(granted, join(home, 'archivio'))).toBe(join(home, 'archivio'));
  expect(await granted.allows(join(home, 'archivio', 'Progetti.mbox', 'mbox'))).toBe(true);
  expect(await grantPicked(granted, join(home, 'altro', 'chiave.pem'))).toBe(join(home, 'altro', 'chiave.pem'));
  expect(await granted.allows(join(home, 'altro', 'chiave.pem'))).toBe(true);
  expect(await granted.allows(join(home, 'altro'))).toBe(false);
  expect(await grantPicked(granted, join(home, 'assente'))).toBeNull();
  expect(await granted.allows(join(home, 'assente'))).toBe(false);
});

test.each([
  ['a sibling whose name begins the same', 'archivio-segreto'],
  ['the folder above', '.'],
  ['a way out by dots', 'archivio/../altro/chiave.pem'],
  ['a way out by a link', 'archivio/via/chiave.pem'],
  ['a way out by a link to what does not exist yet', 'archivio/via/nuovo.pem'],
])('a granted folder does not allow %s', async (_, way) => {
  const granted = createGrantedPaths(memoryStore());
  await granted.grant(join(home, 'archivio'), 'folder');
  expect(await granted.allows(`${home}/${way}`)).toBe(false);
});

test('relative paths and paths with a NUL are never allowed', async () => {
  const granted = createGrantedPaths(memoryStore());
  await granted.grant(process.cwd(), 'folder');
  expect(await granted.allows('package.json')).toBe(false);
  expect(await granted.allows(`${process.cwd()}/package.json\0.pdf`)).toBe(false);
});

test('a granted file allows no neighbour and nothing beneath', async () => {
  const granted = createGrantedPaths(memoryStore());
  await granted.grant(join(home, 'altro', 'chiave.pem'), 'file');
  expect(await granted.allows(join(home, 'altro', 'chiave.pem'))).toBe(true);
  expect(await granted.allows(join(home, 'altro'))).toBe(false);
  expect(await granted.allows(join(home, 'altro', 'chiave.pem', 'x'))).toBe(false);
});

test('grants outlive the program', async () => {
  const store = memoryStore();
  await createGrantedPaths(store).grant(join(home, 'archivio'), 'folder');
  expect(await createGrantedPaths(store).allows(join(home, 'archivio', 'data'))).toBe(true);
});

test('every path of a call is found: fields, nullable ones, accounts, lists', () => {
  const source = { address: 'pst:/dati/vecchia.pst', signInId: null, caFile: '/dati/ca.pem' };
  const input = { archive: '/dati/archivio', source, format: null, folders: ['INBOX'] };
  expect(pathsIn(methods['backup.start'].input, input)).toEqual([
    '/dati/archivio',
    '/dati/vecchia.pst',
    '/dati/ca.pem',
  ]);
  const list = z.array(z.object({ at: methods['rebuild.start'].input }));
  expect(pathsIn(list, [{ at: { archive: '/a' } }, { at: { archive: '/b' } }])).toEqual(['/a', '/b']);
});

test('a mail address names no path', () => {
  const account = { address: 'imaps://anna%40ente.it@posta.ente.it', signInId: null };
  expect(pathsIn(methods['account.check'].input, { account })).toEqual([]);
});

test('every method that takes a place on disk refuses one that nobody picked', async () => {
  const reached: string[] = [];
  const guarded = guardPaths(methods, createGrantedPaths(memoryStore()), method => {
    reached.push(method);
    return Promise.resolve({ ok: false, problem: { code: 'INTERNAL', details: {} } });
  });
  const secret = join(home, 'altro', 'chiave.pem');
  const account = { address: `mbox:${secret}`, signInId: null };
  const jobId = '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a01';
  const fields = {
    path: secret,
    archive: secret,
    to: secret,
    out: secret,
    mapFile: null,
    source: account,
    target: null,
  };
  const rest = { format: 'mbox', folders: [], language: 'it', jobId, account, entries: [] };
  const refused: string[] = [];
  for (const [name, { input }] of Object.entries(methods)) {
    if (!(input instanceof z.ZodObject)) continue;
    const given = { ...fields, ...rest, target: name.startsWith('upload') ? account : null };
    const value = Object.fromEntries(Object.keys(input.shape).map(key => [key, given[key as keyof typeof given]]));
    const outcome = await guarded(name, value);
    if (!outcome.ok && outcome.problem.code === 'PATH_NOT_GRANTED') refused.push(name);
  }
  expect(refused).toEqual(
    expect.arrayContaining([
      'backup.start',
      'upload.start',
      'upload.plan',
      'verify.start',
      'export.start',
      'rebuild.start',
      'report.read',
      'report.write',
      'jobs.list',
      'account.check',
      'archive.inspect',
    ]),
  );
  expect(reached.filter(name => refused.includes(name))).toEqual([]);
});

test('a file that the engine wrote beside an archive may be named afterwards', async () => {
  const granted = createGrantedPaths(memoryStore());
  await granted.grant(join(home, 'archivio'), 'folder');
  const mapFile = join(home, 'altro', 'mappa.json');
  const guarded = guardPaths(methods, granted, () => Promise.resolve({ ok: true, value: { mapFile } }));
  await guarded('map.write', { archive: join(home, 'archivio'), entries: [] });
  expect(await granted.allows(mapFile)).toBe(true);
});

test.each(['engine.close', 'events.subscribe', 'secrets.password', 'host.unknown', '__proto__', 'constructor'])(
  'a screen cannot call %s, which the processes behind it use among themselves',
  async name => {
    const passedOn: string[] = [];
    const dispatch = hostDispatch({} as HostApi, createPassingOn(passedOn), createGrantedPaths(memoryStore()));
    expect(await dispatch(name, {})).toMatchObject({ ok: false, problem: { code: 'CALL_INVALID' } });
    expect(passedOn).toEqual([]);
  },
);

function createPassingOn(names: string[]): Dispatch {
  return name => {
    names.push(name);
    return Promise.resolve({ ok: true, value: {} });
  };
}
