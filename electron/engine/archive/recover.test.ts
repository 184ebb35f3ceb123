import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveOf, archivePlace, backUp, contentOf, mail, octetsIn, withArchive } from '../testing/test-archive.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import type { ScriptedMessage, SourceScript } from '../testing/scripted-source.ts';
import { mailFormats, names } from './layout.ts';

const octetsOf = (messages: readonly ScriptedMessage[]): string[] => messages.map(({ octets }) => octets);
const four = ['1', '2', '3', '4'].map(key => mail(key));

/** An archive of two runs, and its catalogue as it was after the first. */
async function withStaleCatalogue(mailFormat: 'mbox' | 'eml'): Promise<string> {
  const root = archivePlace();
  const script: SourceScript = { folders: [{ path: ['INBOX'], messages: four.slice(0, 2) }] };
  const source = scriptedSource(script);
  const catalogue = join(root, names.catalogue);
  await backUp(root, source, { mailFormat });
  copyFileSync(catalogue, `${root}.old`);
  script.folders = [
    { path: ['INBOX'], messages: four },
    { path: ['Nuova'], messages: [mail('9')] },
  ];
  await backUp(root, source);
  copyFileSync(`${root}.old`, catalogue);
  return root;
}

test('a torn tail is cut off, and what came before it is untouched', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: four }]);
  const mbox = join(root, 'data/mail/inbox-0001.mbox');
  const whole = statSync(mbox).size;
  appendFileSync(mbox, 'From - Mon Jan  1 00:00:00 2024\nSubject: half');
  appendFileSync(join(root, 'data/mail/inbox-0001.jsonl'), '{"record":"message","number":5,"ke');
  expect(await octetsIn(root)).toEqual(octetsOf(four));
  expect(statSync(mbox).size).toBe(whole);
});

test.each(mailFormats)('%s: a catalogue from an older copy costs no message', async mailFormat => {
  const root = await withStaleCatalogue(mailFormat);
  expect(await octetsIn(root)).toEqual([...octetsOf(four), mail('9').octets]);
});

test.each(mailFormats)('%s: a catalogue that is empty or gone costs no message', async mailFormat => {
  for (const damage of [(path: string) => truncateSync(path), (path: string) => rmSync(path)]) {
    const root = await archiveOf([{ path: ['INBOX'], messages: four }], mailFormat);
    damage(join(root, names.catalogue));
    expect(await octetsIn(root)).toEqual(octetsOf(four));
  }
});

test.each(mailFormats)(
  '%s: an older catalogue over a sealed archive with one damaged message costs none of the messages behind it',
  async mailFormat => {
    const root = await withStaleCatalogue(mailFormat);
    const file = join(
      root,
      mailFormat === 'mbox' ? 'data/mail/inbox-0001.mbox' : 'data/mail/inbox-0001/00000/00000003.eml',
    );
    writeFileSync(file, readFileSync(file, 'latin1').replace('Testo di Numero 3', 'Testo di Nulla  3'), 'latin1');
    const content = await octetsIn(root);
    expect(content).toHaveLength(5);
    expect(content).toEqual(expect.arrayContaining([four[3]?.octets, mail('9').octets]));
  },
);

test('a file shorter than what was committed is refused, not papered over', async () => {
  for (const file of ['data/mail/inbox-0001.mbox', 'data/mail/inbox-0001.jsonl']) {
    const root = await archiveOf([{ path: ['INBOX'], messages: four }]);
    const path = join(root, file);
    truncateSync(path, statSync(path).size - 10);
    await expect(octetsIn(root)).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
    expect(statSync(path).size).toBeGreaterThan(0);
  }
});

test('EML files of a group that was never committed are removed, however far the group reached', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: four }], 'eml');
  const folder = join(root, 'data/mail/inbox-0001');
  for (const number of [5, 1004, 2004]) {
    const directory = join(folder, String(Math.floor(number / 1000)).padStart(5, '0'));
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `${String(number).padStart(8, '0')}.eml`), 'never committed');
  }
  await withArchive(root, () => undefined);
  expect(readdirSync(folder, { recursive: true }).filter(name => String(name).endsWith('.eml'))).toHaveLength(4);
});

test('a folder whose first commit a crash prevented leaves nothing, one that was written whole is taken in', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: four }]);
  const sidecar = join(root, 'data/mail/inbox-0001.jsonl');
  const [line = ''] = readFileSync(sidecar, 'utf8').split('\n');
  const torn = join(root, 'data/mail/torn-0002.jsonl');
  writeFileSync(torn, line.slice(0, 40));
  const whole = line.replace('"folder":1', '"folder":3').replace('["INBOX"]', '["Whole"]');
  writeFileSync(join(root, 'data/mail/whole-0003.jsonl'), `${whole}\n`);
  await withArchive(root, async archive => {
    expect((await contentOf(archive)).map(({ octets }) => octets)).toEqual(octetsOf(four));
    expect(archive.catalogue.db.prepare('SELECT stem FROM folders ORDER BY id').pluck().all()).toEqual([
      'inbox-0001',
      'whole-0003',
    ]);
  });
  expect(existsSync(torn)).toBe(false);
});
