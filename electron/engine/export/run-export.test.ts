import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import yauzl from 'yauzl';
import { runAsJob } from '../testing/run-as-job.ts';
import type { EndedJob, JobOptions } from '../testing/run-as-job.ts';
import { archiveOf, mail, withArchive } from '../testing/test-archive.ts';
import { testDirectory } from '../testing/test-directory.ts';
import { runExport } from './run-export.ts';
import type { ExportOptions } from './run-export.ts';

const from = { key: '2', octets: 'Subject: b\r\n\r\nFrom qui\n>From là' };
const folders = [
  { path: ['INBOX'], messages: [mail('1'), from] },
  { path: ['INBOX', 'Città/2020'], messages: [mail('3', 'Numero 3', { internalDate: null })] },
  { path: ['Vuota'], messages: [] },
];

async function exported(
  root: string,
  to: string,
  format: ExportOptions['format'],
  started?: JobOptions['started'],
): Promise<EndedJob> {
  return await withArchive(root, archive =>
    runAsJob({ journal: archive.catalogue, kind: 'export', ...(started === undefined ? {} : { started }) }, context =>
      runExport({ archive, to, format, folders: [], context }),
    ),
  );
}

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

test('EML: one file a message, octet for octet, under the folders’ own names', async () => {
  const to = join(testDirectory(), 'out');
  expect(await exported(await archiveOf(folders), to, 'eml')).toMatchObject({
    status: 'succeeded',
    figures: { found: 3 },
  });
  expect(filesIn(to)).toEqual(['INBOX/00000001.eml', 'INBOX/00000002.eml', 'INBOX/Città-2020/00000001.eml']);
  expect(readFileSync(join(to, 'INBOX/00000002.eml'), 'latin1')).toBe(
    Buffer.from(from.octets, 'latin1').toString('latin1'),
  );
});

test('mbox: one file a folder, quoted, whatever the archive is kept in', async () => {
  const to = join(testDirectory(), 'out');
  await exported(await archiveOf(folders, 'eml'), to, 'mbox');
  expect(filesIn(to)).toEqual(['INBOX.mbox', 'INBOX/Città-2020.mbox', 'Vuota.mbox']);
  expect(readFileSync(join(to, 'INBOX.mbox'), 'latin1')).toBe(
    ['From - Mon Mar  4 08:15:00 2019\n', mail('1').octets, '\n', 'From - Mon Mar  4 08:15:00 2019\n']
      .concat(['Subject: b\r\n\r\n>From qui\n>>From l\xe0\n\n'])
      .join(''),
  );
});

test('zip: every message in it, and the empty folders too', async () => {
  const to = join(testDirectory(), 'out.zip');
  expect(await exported(await archiveOf(folders), to, 'zip')).toMatchObject({ status: 'succeeded' });
  expect(await zipContent(to)).toEqual(
    new Map([
      ['INBOX/', ''],
      ['INBOX/00000001.eml', mail('1').octets],
      ['INBOX/00000002.eml', from.octets],
      ['INBOX/Città-2020/', ''],
      ['INBOX/Città-2020/00000001.eml', mail('3').octets],
      ['Vuota/', ''],
    ]),
  );
});

test.each(['eml', 'mbox', 'zip'] as const)('%s: nothing that exists is overwritten', async format => {
  const root = await archiveOf(folders);
  const to = join(testDirectory(), 'out');
  if (format === 'zip') writeFileSync(to, 'mine');
  else mkdirSync(join(to, 'mine'), { recursive: true });
  expect(await exported(root, to, format)).toMatchObject({ status: 'failed', problem: { code: 'EXPORT_PLACE_TAKEN' } });
  expect(filesIn(join(to, '..'))).toEqual(format === 'zip' ? ['out'] : []);
});

test.each(['eml', 'mbox', 'zip'] as const)(
  '%s: a mail file that is missing ends the export with its name',
  async format => {
    const root = await archiveOf(folders);
    rmSync(join(root, 'data/mail/inbox-0001.mbox'));
    const archive = withArchive(root, () => undefined);
    await expect(archive).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
    const to = join(testDirectory(), 'out');
    const run = await withArchive(
      root,
      opened => {
        // Opened for reading, as a screen does: nothing was recovered or refused.
        const missing = { ...opened, mode: 'write' as const };
        return withScratchJournal(journal =>
          runAsJob({ journal, kind: 'export' }, context =>
            runExport({ archive: missing, to, format, folders: [], context }),
          ),
        );
      },
      { mode: 'read' },
    );
    expect(run).toMatchObject({ status: 'failed', problem: { code: 'ARCHIVE_FILE_MISSING' } });
    expect(existsSync(to) && format === 'zip').toBe(false);
  },
);

test('a zip that was broken off is not left behind looking whole', async () => {
  const to = join(testDirectory(), 'out.zip');
  const root = await archiveOf(folders);
  expect(await exported(root, to, 'zip', run => queueMicrotask(() => run.pause()))).toMatchObject({ status: 'paused' });
  expect(existsSync(to)).toBe(false);
  expect(await exported(root, to, 'zip')).toMatchObject({ status: 'succeeded' });
});

async function withScratchJournal<T>(use: (journal: JobOptions['journal']) => Promise<T>): Promise<T> {
  return await withArchive(join(testDirectory(), 'journal'), archive => use(archive.catalogue));
}

async function zipContent(path: string): Promise<Map<string, string>> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true });
  const content = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    if (!entry.fileName.endsWith('/')) {
      for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(Buffer.from(piece as Uint8Array));
    }
    content.set(entry.fileName, Buffer.concat(pieces).toString('latin1'));
  }
  return content;
}
