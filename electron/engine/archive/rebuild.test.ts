import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archivePlace, backUp, contentOf, mail, withArchive } from '../testing/test-archive.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import type { SourceScript } from '../testing/scripted-source.ts';
import { allJobs } from './catalogue/job-journal.ts';
import { UploadLedger } from './catalogue/upload-ledger.ts';
import type { UploadRow } from './catalogue/upload-ledger.ts';
import { mailFormats, names } from './layout.ts';
import type { MailFormat } from './layout.ts';
import { noFaults } from './no-faults.ts';
import { rebuildCatalogue } from './rebuild.ts';

/** An archive to whose sidecars every kind of line was written. */
async function eventfulArchive(mailFormat: MailFormat): Promise<string> {
  const root = archivePlace();
  const script: SourceScript = { folders: [] };
  const source = scriptedSource(script);
  const folder = (generation: string, keys: readonly string[]): SourceScript['folders'] => [
    { path: ['Città/2020'], generation, messages: keys.map(key => mail(key, `Numero ${Number(key) % 10}`)) },
    { path: ['Contenitore'], selectable: false, messages: [] },
  ];
  for (const [generation, keys] of [
    ['1', ['1', '2', '3']],
    ['1', ['1', '3']],
    ['2', ['11', '13', '14']],
  ] as const) {
    script.folders = folder(generation, keys);
    await backUp(root, source, { mailFormat });
  }
  script.folders = [
    {
      path: ['Città/2020'],
      generation: '2',
      messages: [mail('14', 'Numero 4', { flags: ['\\Seen'], keywords: ['Prot'] })],
    },
  ];
  await backUp(root, source);
  return root;
}

const row: UploadRow = {
  ...{ folderId: 1, number: 2, state: 'stored', targetFolder: 'Sent', generation: '7', mark: null, key: '5' },
  ...{ problem: null, proof: 'bytes' },
};

test.each(mailFormats)(
  '%s: a catalogue made anew has the same rows, and the journal of the old one',
  async mailFormat => {
    const root = await eventfulArchive(mailFormat);
    const look = (): ReturnType<typeof contentOf> =>
      withArchive(root, async archive =>
        (await contentOf(archive)).map(({ folder, message, octets }) => ({
          folder: { ...folder, changeMark: null },
          // Rows of files are numbered in the order they are met.
          message: { ...message, fileId: null },
          octets,
        })),
      );
    await withArchive(root, archive =>
      archive.catalogue.commit(() => new UploadLedger(archive.catalogue.db, 'imap://new').put(row)),
    );
    const before = await look();
    expect(before.some(({ message }) => message.absentSince !== null)).toBe(true);
    const jobs = await withArchive(root, archive => allJobs(archive.catalogue.db));

    const rebuilt = await rebuildCatalogue(root, { faults: noFaults });
    expect(rebuilt).toMatchObject({ folders: 2, messages: 4, brokenLines: [], journalKept: true });
    expect(await look()).toEqual(before);
    await withArchive(root, archive => {
      expect(allJobs(archive.catalogue.db)).toEqual(jobs);
      expect(new UploadLedger(archive.catalogue.db, 'imap://new').find(1, 2)).toEqual(row);
    });

    rmSync(join(root, names.catalogue));
    expect(await look()).toEqual(before);
  },
);

test('a sidecar line that cannot be read is named and costs no other message', async () => {
  const root = await eventfulArchive('mbox');
  const sidecar = join(root, 'data/mail/citta-2020-0001.jsonl');
  const lines = readFileSync(sidecar, 'utf8').split('\n');
  const broken = lines.findIndex(line => line.includes('"record":"message"') && line.includes('"number":2'));
  writeFileSync(sidecar, lines.map((line, index) => (index === broken ? line.replace('{', '(') : line)).join('\n'));
  const rebuilt = await rebuildCatalogue(root, { faults: noFaults });
  expect(rebuilt).toMatchObject({ messages: 3, brokenLines: [{ file: 'data/mail/citta-2020-0001.jsonl', lines: 1 }] });
});
