import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportSchema } from '../../../shared/model/report.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import { openArchive, openForChecking } from '../archive/archive.ts';
import { runAsJob } from '../testing/run-as-job.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import type { ScriptedMessage, SourceScript } from '../testing/scripted-source.ts';
import { scriptedTarget, targetAccount } from '../testing/scripted-target.ts';
import type { ScriptedTarget, TargetScript } from '../testing/scripted-target.ts';
import { archivePlace, backUp, mail, testPorts, withArchive } from '../testing/test-archive.ts';
import { runUpload } from '../upload/run-upload.ts';
import { runArchiveCheck, runTargetProof } from '../verify/run-verify.ts';
import { buildReport } from './build-report.ts';
import { renderReportHtml } from './render-html.ts';
import { writeReport } from './write-report.ts';

const created = new Date('2026-03-02T12:00:00Z');

interface Journey {
  readonly root: string;
  readonly source: SourceScript;
  readonly target: ScriptedTarget;
  backUp(): Promise<void>;
  upload(): Promise<void>;
  verify(): Promise<void>;
  report(): Promise<MigrationReport>;
}

function journey(messages: readonly ScriptedMessage[], script: TargetScript = {}): Journey {
  const root = archivePlace();
  const source: SourceScript = { folders: [{ path: ['INBOX'], role: 'inbox', messages }] };
  const connectSource = scriptedSource(source);
  const target = scriptedTarget(script);
  const connection = { account: targetAccount, connect: target.connect };
  const atTarget = async (kind: 'upload' | 'verify'): Promise<void> => {
    const ports = testPorts();
    const archive = await openArchive(root, 'write', ports);
    await runAsJob({ journal: archive.catalogue, kind, account: targetAccount }, async context => {
      const common = { ...connection, archive, context };
      if (kind === 'upload') return await runUpload({ ...common, folders: [], map: new Map(), dryRun: false, ports });
      await runTargetProof(common);
      return {};
    });
    archive.close();
  };
  return {
    ...{ root, source, target },
    backUp: async () => {
      await backUp(root, connectSource);
    },
    upload: () => atTarget('upload'),
    verify: () => atTarget('verify'),
    report: async () => {
      const report = await withArchive(root, archive => buildReport({ archive, created, messageFolder: 'r-eml' }), {
        mode: 'read',
      });
      // It also refuses itself when it contradicts itself.
      return reportSchema.parse(report);
    },
  };
}

const three = ['1', '2', '3'].map(key => mail(key));

test('what was found, stored, sent and proved to the last message is complete, and not before', async () => {
  const way = journey(three);
  await way.backUp();
  expect((await way.report()).outcome).toBe('incomplete');
  await way.upload();
  expect((await way.report()).outcome).toBe('incomplete');
  await way.verify();
  const report = await way.report();
  expect(report.outcome).toBe('complete');
  expect(report.totals).toMatchObject({ found: 3, stored: 3, uploaded: 3, alreadyPresent: 0, verified: 3, missing: 0 });
  expect(report.runs.map(({ kind, status, messages }) => [kind, status, messages])).toEqual([
    ['backup', 'succeeded', 3],
    ['upload', 'succeeded', 3],
    ['verify', 'succeeded', 3],
  ]);
});

test('a message the source deleted after it was carried over leaves the report complete', async () => {
  const way = journey(three);
  await way.backUp();
  await way.upload();
  way.source.folders = [{ path: ['INBOX'], role: 'inbox', messages: three.slice(1) }];
  await way.backUp();
  await way.upload();
  await way.verify();
  const report = await way.report();
  expect(report.folders[0]?.differences).toEqual([{ code: 'GONE_FROM_SOURCE', count: 1 }]);
  expect(report.totals).toMatchObject({ found: 3, stored: 3, uploaded: 3, verified: 2 });
  expect(report.outcome).toBe('complete');
});

test('a message set aside is named once, with its file, and the outcome is partial', async () => {
  const way = journey(three, {
    fate: (_message, attempt) => (attempt === 2 ? { code: 'TARGET_MESSAGE_REFUSED', details: {} } : 'stored'),
  });
  await way.backUp();
  await way.upload();
  await way.verify();
  const report = await way.report();
  expect(report.outcome).toBe('partial');
  expect(report.exceptions).toMatchObject([
    {
      ...{ problem: { code: 'TARGET_MESSAGE_REFUSED' }, folder: ['INBOX'], phase: 'upload' },
      message: { id: 'inbox-0001/2', subject: 'Numero 2', file: 'r-eml/inbox-0001-00000002.eml' },
    },
  ]);
  expect(report.totals).toMatchObject({ setAside: 1, uploaded: 2, verified: 2 });

  const out = join(way.root, '..', 'r.json');
  await withArchive(way.root, archive => writeReport({ archive, created, out, language: 'it' }), { mode: 'read' });
  expect(reportSchema.parse(JSON.parse(readFileSync(out, 'utf8'))).outcome).toBe('partial');
  expect(readFileSync(join(out, '..', 'r-eml', 'inbox-0001-00000002.eml'), 'latin1')).toBe(three[1]?.octets);
});

test('a message missing at the target is no success', async () => {
  const way = journey(three);
  await way.backUp();
  await way.upload();
  const inbox = way.target.folders.get('INBOX');
  inbox?.messages.pop();
  await way.verify();
  const report = await way.report();
  expect(report).toMatchObject({ outcome: 'partial', totals: { verified: 2, missing: 1 } });
  expect(report.exceptions).toMatchObject([
    { problem: { code: 'TARGET_MESSAGE_MISSING' }, message: { subject: 'Numero 3' } },
  ]);
});

test('what an earlier backup could not read and a later one could is no exception any more', async () => {
  const way = journey([mail('1'), mail('2', 'Numero 2', { trouble: 'unreadable' })]);
  await way.backUp();
  expect((await way.report()).exceptions).toHaveLength(1);
  way.source.folders = [{ path: ['INBOX'], role: 'inbox', messages: [mail('1'), mail('2')] }];
  await way.backUp();
  expect((await way.report()).exceptions).toEqual([]);
});

test('a report can be written of an archive whose mail files are damaged', async () => {
  const way = journey(three, { fate: () => ({ code: 'TARGET_MESSAGE_REFUSED', details: {} }) });
  await way.backUp();
  await way.upload();
  rmSync(join(way.root, 'data/mail/inbox-0001.mbox'));
  const out = join(way.root, '..', 'r.html');
  await withArchive(way.root, archive => writeReport({ archive, created, out, language: 'en' }), { mode: 'read' });
  expect(existsSync(out)).toBe(true);
});

test('a folder of the same name in another account keeps its own exceptions', async () => {
  const way = journey(three, { fate: () => ({ code: 'TARGET_MESSAGE_REFUSED', details: {} }) });
  await way.backUp();
  const second = scriptedSource({ folders: [{ path: ['INBOX'], role: 'inbox', messages: [mail('8'), mail('9')] }] });
  const connect = async (): ReturnType<typeof second.connect> => ({
    ...(await second.connect()),
    account: 'imap://bruno@old',
  });
  await backUp(way.root, { ...second, connect });
  await way.upload();
  const { exceptions } = await way.report();
  expect(exceptions.map(({ message }) => message?.subject).sort()).toEqual(
    ['1', '2', '3', '8', '9'].map(key => `Numero ${key}`),
  );
});

test('a check of the archive by itself is told with its day, and its damage is an exception', async () => {
  const way = journey(three);
  await way.backUp();
  await way.upload();
  await way.verify();
  expect((await way.report()).archiveCheck).toBeUndefined();
  const check = async (): Promise<void> => {
    const checked = await openForChecking(way.root, testPorts());
    if (checked.journal === null) throw new Error('nowhere to write it down');
    await runAsJob({ journal: checked.journal, kind: 'verify', account: null }, context =>
      runArchiveCheck(checked, context, true),
    );
    checked.close();
  };
  await check();
  const sound = await way.report();
  expect(sound.archiveCheck).toMatchObject({ verified: 3, problems: 0 });
  expect(sound.outcome).toBe('complete');
  expect(renderReportHtml(sound, { language: 'it', timeZone: 'Europe/Rome' })).toContain(
    'L’archivio è stato riletto il',
  );

  const mail = join(way.root, 'data/mail/inbox-0001.mbox');
  writeFileSync(mail, readFileSync(mail, 'latin1').replace('Numero 2', 'Numero 7'), 'latin1');
  await check();
  const damaged = await way.report();
  expect(damaged.archiveCheck?.problems).toBeGreaterThan(0);
  expect(damaged.outcome).toBe('partial');
  expect(damaged.exceptions.map(({ problem }) => problem.code)).toContain('ARCHIVE_MESSAGE_CHANGED');
});

test('a report is HTML or JSON', async () => {
  const way = journey(three);
  await way.backUp();
  const written = withArchive(way.root, archive =>
    writeReport({ archive, created, out: 'report.pdf', language: 'it' }),
  );
  await expect(written).rejects.toMatchObject({ code: 'USAGE_INVALID' });
});
