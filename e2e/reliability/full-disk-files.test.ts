import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unicodeFormat } from '../../electron/engine/sources/pst/ndb/file-format.ts';
import { fileAttachment, mailProperties } from '../../electron/engine/sources/pst/testing/draft-items.ts';
import { sampleItems } from '../../electron/engine/sources/pst/testing/sample-items.ts';
import { createStoreWriter } from '../../electron/engine/sources/pst/testing/store-writer.ts';
import { readArchive } from '../rig/archive-oracle.ts';
import { imagesUnavailable, mountImage } from '../rig/loop-image.ts';
import { mailDifference } from '../rig/mail-fact.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { writeMailFiles } from '../rig/mail-files.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import { newFolder, run, runTo, untilTestEnds } from './journey.ts';

const noTmpfs = await imagesUnavailable('tmpfs');
if (noTmpfs !== null) console.warn(`skipped: ${noTmpfs}`);

interface Given {
  readonly source: string;
  /** Or the folder. */
  readonly file: string;
  /** What the archive must hold in the end; null where the program puts the messages together itself. */
  readonly facts: readonly MailFact[] | null;
}

function mailFile(kind: 'mbox' | 'zimbra', scheme: string): Given {
  const files = writeMailFiles(kind, generateMailbox({ messages: 150, medianSize: 12_000, largeShare: 0 }));
  onTestFinished(() => {
    files[Symbol.dispose]();
  });
  return { source: `${scheme}:${files.path}`, file: files.path, facts: files.facts };
}

async function outlookFile(): Promise<Given> {
  const writer = createStoreWriter(unicodeFormat);
  const items = Array.from({ length: 30 }, (_, n) =>
    writer.item(mailProperties(`numero ${n}`), [], [fileAttachment('piano.bin', Buffer.alloc(60_000, n))]),
  );
  const file = join(await newFolder(), 'posta.pst');
  writeFileSync(file, writer.finish([{ name: 'Posta in arrivo', items }, ...sampleItems(writer)]));
  return { source: `pst:${file}`, file, facts: null };
}

/** Of the file, or of all files in the folder. */
function hashesIn(path: string): readonly string[] {
  const files = statSync(path).isFile() ? [path] : readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .map(file => resolve(path, file))
    .filter(file => statSync(file).isFile())
    .map(file => createHash('sha256').update(readFileSync(file)).digest('hex'));
}

test.skipIf(noTmpfs !== null).each([
  { kind: 'an Outlook file', given: outlookFile },
  { kind: 'an mbox file', given: () => mailFile('mbox', 'mbox') },
  { kind: 'a Zimbra export', given: () => mailFile('zimbra', 'tgz') },
])('no room for what $kind holds: the work rests, and goes on once there is', async ({ given }) => {
  const { source, file, facts } = await given();
  const before = hashesIn(file);
  const image = untilTestEnds(await mountImage({ kind: 'tmpfs', bytes: 1_200_000 }));
  const archive = join(image.path, 'archivio');
  const args = ['backup', '--source', source, '--archive', archive, '--json'];
  const full = await runTo(73, args);
  expect(full.result).toMatchObject({ job: { status: 'paused' }, problem: { code: 'DISK_FULL', desk: 'T-510' } });
  await runTo(73, args);

  await image.grow(40_000_000);
  const { result } = await runTo(0, args);
  expect((result?.['messages'] as { alreadyPresent: number }).alreadyPresent).toBeGreaterThan(0);
  expect(hashesIn(file)).toEqual(before);
  const { wrong, messages } = await readArchive(archive);
  expect(wrong).toEqual([]);
  if (facts !== null) {
    expect(mailDifference(facts, messages)).toEqual([]);
    return;
  }
  // What was put together is the same whether the disk was full in between or not.
  const calm = await newFolder();
  await run(['backup', '--source', source, '--archive', calm, '--json']);
  expect(mailDifference((await readArchive(calm)).messages, messages)).toEqual([]);
});
