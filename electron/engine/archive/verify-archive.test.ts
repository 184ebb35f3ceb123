import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveOf, archivePlace, backUp, mail, withArchive } from '../testing/test-archive.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import { sealOf } from './bag.ts';
import { mailFormats, names } from './layout.ts';
import type { MailFormat } from './layout.ts';
import { verifyArchive } from './verify-archive.ts';
import type { VerifiedArchive } from './verify-archive.ts';

const folders = [
  { path: ['INBOX'], messages: ['1', '2', '3'].map(key => mail(key)) },
  { path: ['Posta inviata'], messages: ['4', '5', '6'].map(key => mail(key)) },
];
const [inbox, sent] = ['data/mail/inbox-0001.mbox', 'data/mail/posta-inviata-0002.mbox'] as const;

async function check(root: string): Promise<VerifiedArchive> {
  return await verifyArchive({ root, signal: new AbortController().signal, progress: () => undefined });
}

async function problemsAfter(damage: (root: string) => void, mailFormat: MailFormat = 'mbox'): Promise<string[]> {
  const root = await archiveOf(folders, mailFormat);
  damage(root);
  const { problems } = await check(root);
  return problems.map(
    ({ code, details }) => `${code} ${details['folder'] ?? details['file'] ?? details['path'] ?? ''}`,
  );
}

test.each(mailFormats)('%s: an archive as it was written has nothing to be said against it', async mailFormat => {
  const root = await archiveOf(folders, mailFormat);
  const checked = await check(root);
  expect(checked).toMatchObject({ messages: 6, problems: [], manifestSha256: await sealOf(root) });
  expect([...checked.soundMessages.values()]).toEqual([3, 3]);
});

test('one flipped bit: the file and the message are named', async () => {
  const flipped = await problemsAfter(root => {
    const octets = readFileSync(join(root, inbox));
    const at = octets.indexOf('Testo di Numero 2');
    octets[at] = (octets[at] ?? 0) ^ 1;
    writeFileSync(join(root, inbox), octets);
  });
  expect(flipped).toEqual([`ARCHIVE_FILE_CHANGED ${inbox}`, 'ARCHIVE_MESSAGE_CHANGED INBOX']);
});

test('a file cut short, a file removed, a file too many', async () => {
  const cut = await problemsAfter(root => truncateSync(join(root, sent), statSync(join(root, sent)).size - 5));
  expect(cut).toEqual([`ARCHIVE_FILE_CHANGED ${sent}`, 'ARCHIVE_MESSAGE_CHANGED Posta inviata']);
  const removed = await problemsAfter(root => rmSync(join(root, 'data/mail/inbox-0001/00000/00000002.eml')), 'eml');
  expect(removed).toEqual([
    'ARCHIVE_FILE_MISSING data/mail/inbox-0001/00000/00000002.eml',
    'ARCHIVE_MESSAGE_CHANGED INBOX',
  ]);
  const extra = await problemsAfter(root => writeFileSync(join(root, 'data/mail/extra.txt'), 'x'));
  expect(extra).toEqual(['ARCHIVE_FILE_EXTRA data/mail/extra.txt']);
});

test('two files that changed places are told from two that changed', async () => {
  const swapped = await problemsAfter(root => {
    const [one, two] = ['00000001.eml', '00000003.eml'].map(name => join(root, 'data/mail/inbox-0001/00000', name));
    renameSync(one ?? '', join(root, 'between'));
    renameSync(two ?? '', one ?? '');
    renameSync(join(root, 'between'), two ?? '');
  }, 'eml');
  expect(swapped).toEqual([
    'ARCHIVE_FILES_SWAPPED data/mail/inbox-0001/00000/00000001.eml',
    'ARCHIVE_MESSAGE_CHANGED INBOX',
    'ARCHIVE_MESSAGE_CHANGED INBOX',
  ]);
});

test('a catalogue that is torn is named, one that is gone is none of the archive’s business', async () => {
  const torn = await problemsAfter(root => truncateSync(join(root, names.catalogue), 6000));
  expect(torn).toEqual([`ARCHIVE_CATALOGUE_DAMAGED ${names.catalogue}`]);
  expect(await problemsAfter(root => rmSync(join(root, names.catalogue)))).toEqual([]);
});

test('a tag file that is gone or changed breaks the seal', async () => {
  expect(await problemsAfter(root => writeFileSync(join(root, names.info), 'x'))).toEqual([
    `ARCHIVE_FILE_CHANGED ${names.info}`,
  ]);
  expect(await problemsAfter(root => rmSync(join(root, names.manifest)))).toContain('ARCHIVE_NOT_SEALED ');
});

test('a second seal keeps the hash of files that did not grow, and still says what the files hold', async () => {
  const root = archivePlace();
  const source = scriptedSource({ folders });
  await backUp(root, source);
  // Not read again while sealing: that is what the check is for.
  const damaged = readFileSync(join(root, sent), 'latin1').replace('Testo di Numero 5', 'Testo di Nulla  5');
  writeFileSync(join(root, sent), damaged, 'latin1');
  await backUp(
    root,
    scriptedSource({
      folders: [{ path: ['INBOX'], messages: ['1', '2', '3', '7'].map(key => mail(key)) }, ...folders.slice(1)],
    }),
  );
  const { problems } = await check(root);
  expect(problems.map(({ code }) => code)).toEqual(['ARCHIVE_FILE_CHANGED', 'ARCHIVE_MESSAGE_CHANGED']);
  await withArchive(root, () => undefined);
});
