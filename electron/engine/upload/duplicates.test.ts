import { expect, test } from 'vitest';
import { openArchive } from '../archive/archive.ts';
import { codesOf, runAsJob } from '../testing/run-as-job.ts';
import type { EndedJob } from '../testing/run-as-job.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import type { ScriptedFolder } from '../testing/scripted-source.ts';
import { scriptedTarget, targetAccount } from '../testing/scripted-target.ts';
import type { ScriptedTarget } from '../testing/scripted-target.ts';
import { archivePlace, backUp, testPorts } from '../testing/test-archive.ts';
import { runUpload } from './run-upload.ts';

const date = 'Date: Mon, 4 Mar 2019 09:15:00 +0100\r\n';
/** As the mailbox has it. */
const original = (id: string, text = id): string =>
  `Received: from mx\r\nMessage-ID: <${id}@ente.it>\r\n${date}Subject: ${id}\r\n\r\nTesto di ${text}.\r\n`;
/** As a file has it that keeps words only. */
const kept = (id: string, text = id): string =>
  `Subject: ${id}\r\n${date}Message-ID: <${id}@ente.it>\r\n\r\nTesto di ${text}.`;

async function archiveOf(mailbox: readonly ScriptedFolder[], file: readonly ScriptedFolder[]): Promise<string> {
  const root = archivePlace();
  const source = scriptedSource({ folders: file });
  await backUp(root, { ...source, connect: async () => ({ ...(await source.connect()), account: 'mbox:/vecchia' }) });
  await backUp(root, scriptedSource({ folders: mailbox }));
  return root;
}

const inbox = (...octets: readonly string[]): ScriptedFolder => folder('INBOX', ...octets);
function folder(name: string, ...octets: readonly string[]): ScriptedFolder {
  return { path: [name], messages: octets.map((each, index) => ({ key: String(index + 1), octets: each })) };
}

async function upload(
  root: string,
  target: ScriptedTarget,
  run: { readonly duplicates?: 'one' | 'all'; readonly folders?: readonly string[] } = {},
): Promise<EndedJob> {
  const ports = testPorts();
  const archive = await openArchive(root, 'write', ports);
  const { connect } = target;
  const options = { archive, account: targetAccount, connect, folders: [], map: new Map(), dryRun: false, ports };
  try {
    const journal = { journal: archive.catalogue, kind: 'upload', account: targetAccount, clock: ports.clock } as const;
    return await runAsJob(journal, context => runUpload({ ...options, ...run, context }));
  } finally {
    archive.close();
  }
}

test('of a message from a file and from the mailbox the one of the mailbox goes, though the file came first', async () => {
  const root = await archiveOf([inbox(original('a'), original('b'))], [folder('Vecchia', kept('a'), kept('c'))]);
  const target = scriptedTarget();
  const first = await upload(root, target);
  expect(first).toMatchObject({ status: 'succeeded', figures: { found: 4, uploaded: 3, alreadyPresent: 1 } });
  expect(codesOf(first)).toEqual(['MESSAGE_REPRESENTED']);
  expect([target.holds('INBOX'), target.holds('Vecchia')]).toEqual([
    [original('a'), original('b')].sort(),
    [kept('c')],
  ]);

  expect(await upload(root, target, { duplicates: 'all' })).toMatchObject({ figures: { uploaded: 1 } });
  expect(target.holds('Vecchia')).toEqual([kept('a'), kept('c')].sort());
});

test('two that share the name and not the words both go', async () => {
  const root = await archiveOf([inbox(original('a', 'prima'))], [folder('Vecchia', kept('a', 'dopo'))]);
  expect(await upload(root, scriptedTarget())).toMatchObject({ figures: { uploaded: 2, alreadyPresent: 0 } });
});

test('twins of one source stay twins', async () => {
  const root = await archiveOf([inbox(original('a'), original('a'))], [folder('Vecchia', kept('a'))]);
  const target = scriptedTarget();
  expect(await upload(root, target)).toMatchObject({ figures: { uploaded: 2, alreadyPresent: 1 } });
  expect(target.holds('INBOX')).toHaveLength(2);
});

const refused = { code: 'TARGET_MESSAGE_REFUSED', details: {} } as const;

test('when the one that was to stand for both is refused, the other goes', async () => {
  const root = await archiveOf([inbox(original('a'))], [folder('Vecchia', kept('a'))]);
  const target = scriptedTarget({ fate: ({ size }) => (size === original('a').length ? refused : 'stored') });
  const run = await upload(root, target);
  expect(codesOf(run)).toEqual([refused.code]);
  expect(target.holds('Vecchia')).toEqual([kept('a')]);
});

test('one that another run sent stands for the original, and one that no run is to send stands for nothing', async () => {
  const root = await archiveOf([inbox(original('a'))], [folder('Vecchia', kept('a'))]);
  const target = scriptedTarget();
  expect(await upload(root, target, { folders: ['Vecchia'] })).toMatchObject({ figures: { uploaded: 1 } });
  expect(await upload(root, target, { folders: ['INBOX'] })).toMatchObject({
    figures: { uploaded: 0, alreadyPresent: 1 },
  });
});
