import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openArchive, openForChecking } from '../archive/archive.ts';
import { allItemFolders } from '../archive/catalogue/item-table.ts';
import { folderFiguresOf, itemOutcomesOf } from '../archive/catalogue/job-journal.ts';
import { names } from '../archive/layout.ts';
import { archiveOfItems } from '../testing/archive-of-items.ts';
import { codesOf, runAsJob } from '../testing/run-as-job.ts';
import type { EndedJob } from '../testing/run-as-job.ts';
import { scriptedTarget, targetAccount } from '../testing/scripted-target.ts';
import type { ScriptedTarget, TargetScript } from '../testing/scripted-target.ts';
import { archiveOf, mail, testPorts } from '../testing/test-archive.ts';
import { runUpload } from '../upload/run-upload.ts';
import { runArchiveCheck, runTargetProof } from './run-verify.ts';

const five = ['1', '2', '3', '4', '5'].map(key =>
  mail(key, `Numero ${key}`, { flags: ['\\Seen'], keywords: ['Prot'] }),
);

/** An archive whose messages were all carried to the target. */
async function uploaded(script: TargetScript = {}): Promise<{ root: string; target: ScriptedTarget; sent: EndedJob }> {
  const root = await archiveOf([{ path: ['INBOX'], role: 'inbox', messages: five }]);
  const target = scriptedTarget(script);
  const ports = testPorts();
  const archive = await openArchive(root, 'write', ports);
  const common = { archive, account: targetAccount, connect: target.connect, folders: [], ports };
  const sent = await runAsJob({ journal: archive.catalogue, kind: 'upload', account: targetAccount }, context =>
    runUpload({ ...common, context, map: new Map(), dryRun: false }),
  );
  archive.close();
  return { root, target, sent };
}

async function verify(root: string, target: ScriptedTarget): Promise<EndedJob> {
  const archive = await openArchive(root, 'write', testPorts());
  try {
    return await runAsJob({ journal: archive.catalogue, kind: 'verify', account: targetAccount }, async context => {
      await runTargetProof({ archive, account: targetAccount, connect: target.connect, context });
      return {};
    });
  } finally {
    archive.close();
  }
}

test('every message that arrived is proved by its octets, more than once if asked', async () => {
  const { root, target } = await uploaded();
  for (let time = 1; time <= 2; time += 1) {
    expect(await verify(root, target)).toMatchObject({ status: 'succeeded', figures: { found: 5, verified: 5 } });
  }
});

test('one that is missing, one that is another, one whose flags changed: each by name', async () => {
  const { root, target } = await uploaded();
  const inbox = target.folders.get('INBOX');
  if (inbox === undefined) throw new Error('no inbox');
  inbox.messages = inbox.messages
    .filter(({ key }) => key !== 1)
    .map(message => {
      if (message.key === 2) return { ...message, octets: Buffer.from('Subject: Numero 2\r\n\r\nAltro.\r\n') };
      if (message.key === 3) return { ...message, flags: [], internalDate: '2020-01-01T00:00:00Z', keywords: [] };
      return message;
    });
  const run = await verify(root, target);
  expect(run).toMatchObject({ status: 'partial', figures: { found: 5, verified: 3 } });
  expect(
    run.exceptions.map(({ number, problem: { code, details } }) => [number, code, details['attributes'] ?? '']),
  ).toEqual([
    [1, 'TARGET_MESSAGE_MISSING', ''],
    [2, 'TARGET_MESSAGE_DIFFERS', ''],
    [3, 'TARGET_ATTRIBUTES_DIFFER', 'date, flags, keywords'],
  ]);
});

test('a server that rewrites line ends is proved by what the messages say', async () => {
  const { root, target } = await uploaded({
    keepsBytes: false,
    rewrite: octets => Buffer.from(`X-Server: new\r\n${octets.toString('latin1').replaceAll('\r\n', '\n')}`, 'latin1'),
  });
  const run = await verify(root, target);
  expect(run).toMatchObject({ status: 'succeeded', figures: { found: 5, verified: 5 } });
  expect(codesOf(run)).toEqual([]);
});

test('a target that was renumbered is met again by content', async () => {
  const { root, target } = await uploaded();
  const inbox = target.folders.get('INBOX');
  if (inbox === undefined) throw new Error('no inbox');
  inbox.generation = '8';
  inbox.messages = inbox.messages.map(message => ({ ...message, key: message.key + 50 }));
  expect(await verify(root, target)).toMatchObject({ status: 'succeeded', figures: { verified: 5 } });
});

test('a message the upload set aside is neither missing nor proved', async () => {
  const { root, target } = await uploaded({
    fate: (_message, attempt) => (attempt === 4 ? { code: 'TARGET_MESSAGE_REFUSED', details: {} } : 'stored'),
  });
  const run = await verify(root, target);
  expect(run).toMatchObject({ status: 'partial', figures: { found: 5, verified: 4, setAside: 1 } });
  expect(codesOf(run)).toEqual(['TARGET_MESSAGE_REFUSED']);
});

test('a target folder that is gone: all its messages are missing, and the job goes on', async () => {
  const { root, target } = await uploaded();
  target.folders.delete('INBOX');
  const run = await verify(root, target);
  expect(run).toMatchObject({ status: 'partial', figures: { found: 5, verified: 0 } });
  expect(new Set(codesOf(run))).toEqual(new Set(['TARGET_MESSAGE_MISSING']));
});

interface CheckedJob extends EndedJob {
  readonly folderFigures: number;
  /** By kind, as the journal has it. */
  readonly itemsVerified: Readonly<Record<string, number>>;
}

async function checkArchive(root: string, counted: boolean): Promise<CheckedJob> {
  const checked = await openForChecking(root, testPorts());
  const journal = checked.journal;
  if (journal === null) throw new Error('nowhere to write the outcome to');
  try {
    const run = await runAsJob({ journal, kind: 'verify' }, context => runArchiveCheck(checked, context, counted));
    const outcomes = itemOutcomesOf(journal.db, run.id);
    const folders = allItemFolders(journal.db).filter(({ id }) => outcomes.has(id));
    const itemsVerified = Object.fromEntries(folders.map(({ id, kind }) => [kind, outcomes.get(id)?.verified ?? 0]));
    return { ...run, folderFigures: folderFiguresOf(journal.db, run.id).size, itemsVerified };
  } finally {
    checked.close();
  }
}

test('an archive that is whole is verified, and its manifest named', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: five }]);
  const run = await checkArchive(root, true);
  expect(run).toMatchObject({ status: 'succeeded', figures: { found: 5, verified: 5 }, folderFigures: 1 });
  expect(run.outcome.manifestSha256).toMatch(/^[0-9a-f]{64}$/);
});

test('the check of the archive that comes before a proof at the target leaves the counting to the proof', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: five }]);
  expect(await checkArchive(root, false)).toMatchObject({ figures: { found: 0, verified: 0 }, folderFigures: 0 });
});

test('what is no mail is counted in its latest version, folder by folder, and what is damaged is not', async () => {
  const mailFolder = { path: ['INBOX'], messages: five };
  const calendar = { kind: 'event', path: ['Calendario'], items: { e: 'BEGIN:VCALENDAR' } } as const;
  const contacts = { kind: 'contact', path: ['Rubrica'], items: { a: 'Anna', b: 'Bruno' } } as const;
  const root = await archiveOfItems([contacts, calendar], { mail: [mailFolder] });
  const later = { ...contacts, items: { a: 'Anna Verdi', b: 'Bruno' } };
  await archiveOfItems([later, calendar], { root, mail: [mailFolder] });
  const whole = await checkArchive(root, true);
  expect(whole).toMatchObject({ status: 'succeeded', figures: { verified: 5 } });
  expect(whole.itemsVerified).toEqual({ contact: 2, event: 1 });
  expect(await checkArchive(root, false)).toMatchObject({ itemsVerified: {} });

  writeFileSync(join(root, 'data/contacts/rubrica-0001/00000/b-0002.vcf'), 'Altro');
  const damaged = await checkArchive(root, true);
  expect(damaged).toMatchObject({ status: 'failed', figures: { verified: 5 } });
  expect(damaged.itemsVerified).toEqual({ contact: 1, event: 1 });
});

test('one kind of trouble keeps its name, several are damage', async () => {
  const unsealed = await archiveOf([{ path: ['INBOX'], messages: five }]);
  rmSync(join(unsealed, names.manifest));
  rmSync(join(unsealed, names.tagManifest));
  expect(await checkArchive(unsealed, true)).toMatchObject({
    status: 'failed',
    problem: { code: 'ARCHIVE_NOT_SEALED' },
  });
  const damaged = await archiveOf([{ path: ['INBOX'], messages: five }]);
  writeFileSync(join(damaged, 'data/mail/inbox-0001.mbox'), '');
  expect(await checkArchive(damaged, true)).toMatchObject({
    ...{ status: 'failed', problem: { code: 'ARCHIVE_DAMAGED' }, figures: { found: 5, verified: 0 } },
  });
});
