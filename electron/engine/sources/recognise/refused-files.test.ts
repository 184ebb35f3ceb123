import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPstSource } from '../pst/pst-source.ts';
import { recognise } from './recognise.ts';

/**
 * Files that an operating system refuses in ways Linux never does. The stand-in answers as libuv does there: for a
 * sharing violation (Windows, Outlook has the file open) EBUSY at opening; for a cloud placeholder whose provider cannot
 * bring it UNKNOWN (Windows) or EDEADLK (macOS), at opening or only at reading.
 */
const refusals = vi.hoisted(() => new Map<string, { readonly code: string; readonly at: 'open' | 'read' }>());

vi.mock(import('node:fs/promises'), async original => {
  const real = await original();
  const open: typeof real.open = async (path, ...more) => {
    const refusal = refusals.get(String(path));
    const refuse = (): never => {
      throw Object.assign(new Error('refused'), { code: refusal?.code });
    };
    if (refusal?.at === 'open') refuse();
    const handle = await real.open(path, ...more);
    if (refusal?.at === 'read') handle.read = refuse;
    return handle;
  };
  return { ...real, open };
});
/** An Outlook file is read by a reader of its own, in a thread of its own; the system refuses it there as well. */
vi.mock(import('../pst/ndb/file-reader.ts'), async original => {
  const real = await original();
  return {
    ...real,
    openFileReader: (path, ...more) => {
      const refusal = refusals.get(path);
      const refused = Object.assign(new Error('refused'), { code: refusal?.code });
      if (refusal?.at === 'open') throw refused;
      const reader = real.openFileReader(path, ...more);
      const refuse = (): never => {
        throw refused;
      };
      return refusal === undefined ? reader : { ...reader, read: refuse };
    },
  };
});
const { mkdtemp, readFile, rm, writeFile } = await import('node:fs/promises');

const { signal } = new AbortController();
let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'travaso-refused-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const cases = [
  ['open in Outlook', 'EBUSY', 'open', 'INPUT_FILE_IN_USE'],
  ['a placeholder of OneDrive', 'UNKNOWN', 'open', 'INPUT_FILE_NOT_DOWNLOADED'],
  ['a placeholder of OneDrive that opens', 'UNKNOWN', 'read', 'INPUT_FILE_NOT_DOWNLOADED'],
  ['a placeholder of iCloud', 'EDEADLK', 'read', 'INPUT_FILE_NOT_DOWNLOADED'],
  ['not for this person', 'EACCES', 'open', 'INPUT_FILE_INVALID'],
] as const;

test.each(cases)('%s', async (what, code, at, told) => {
  const path = join(root, `${what}.pst`);
  const content = '!BDN and more';
  await writeFile(path, content);
  refusals.set(path, { code, at });
  const problem = { code: told, details: { file: `${what}.pst` } };
  await expect(recognise(path, signal)).rejects.toMatchObject({ problem });
  // What the source's own thread does; it hands the problem on as it is.
  await expect(openPstSource(path)).rejects.toMatchObject({ problem });
  expect(await readFile(path, 'utf8')).toBe(content);
});

test('one refused file among others is no reason to refuse them all; alone in its folder it is', async () => {
  const folder = await mkdtemp(join(root, 'misto-'));
  await writeFile(join(folder, '1.eml'), 'From: a@b\n\nx\n');
  const locked = join(folder, 'backup.pst');
  await writeFile(locked, '!BDN');
  refusals.set(locked, { code: 'EBUSY', at: 'open' });
  expect((await recognise(folder, signal)).map(({ kind }) => kind)).toEqual(['eml']);
  await rm(join(folder, '1.eml'));
  await expect(recognise(folder, signal)).rejects.toMatchObject({ problem: { code: 'INPUT_FILE_IN_USE' } });
});
