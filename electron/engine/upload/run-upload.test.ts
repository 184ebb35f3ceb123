import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Problem } from '../../../shared/errors.ts';
import type { SystemFlag } from '../../../shared/model/message.ts';
import { openArchive } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import { codesOf, runAsJob } from '../testing/run-as-job.ts';
import type { EndedJob, JobOptions } from '../testing/run-as-job.ts';
import type { ScriptedMessage } from '../testing/scripted-source.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import { scriptedTarget, targetAccount } from '../testing/scripted-target.ts';
import type { ScriptedTarget, TargetScript } from '../testing/scripted-target.ts';
import { archiveOf, archivePlace, backUp, mail, testPorts } from '../testing/test-archive.ts';
import { testDirectory } from '../testing/test-directory.ts';
import { readFolderMap } from './folder-names.ts';
import type { FolderMap } from './folder-names.ts';
import { runUpload } from './run-upload.ts';

interface UploadRun {
  readonly folders?: readonly string[];
  readonly map?: FolderMap;
  readonly dryRun?: boolean;
  readonly repair?: boolean;
  readonly started?: JobOptions['started'];
}

async function upload(root: string, target: ScriptedTarget, run: UploadRun = {}): Promise<EndedJob> {
  const ports = testPorts();
  const archive = await openArchive(root, 'write', ports);
  const { folders = [], map = new Map<string, never>(), dryRun = false, repair = false, started } = run;
  try {
    return await runAsJob(
      {
        ...{ journal: archive.catalogue, kind: 'upload', account: targetAccount, clock: ports.clock },
        ...(started === undefined ? {} : { started }),
      },
      context => {
        const means = { archive, account: targetAccount, connect: target.connect, ports, context };
        return runUpload({ ...means, folders, map, dryRun, repair });
      },
    );
  } finally {
    archive.close();
  }
}

/** What the ledger says of every message, as `folder/number state`. */
async function ledgerOf(root: string): Promise<string[]> {
  const archive = await openArchive(root, 'read', testPorts());
  try {
    const { db } = archive.catalogue;
    const ledger = new UploadLedger(db, targetAccount);
    return allFolders(db).flatMap(({ id, path }) =>
      [...ledger.rowsOf(id)].map(({ number, state }) => `${path.join('/')}/${number} ${state}`),
    );
  } finally {
    archive.close();
  }
}

const twin = 'Subject: promemoria\r\n\r\nUguale.\r\n';
const other = 'Subject: promemoria\r\n\r\nDiverso.\r\n';
const twins: readonly ScriptedMessage[] = [
  { key: '1', octets: twin },
  { key: '2', octets: twin },
  { key: '3', octets: other },
  mail('4'),
];
const octetsOf = (messages: readonly ScriptedMessage[]): string[] => messages.map(({ octets }) => octets).sort();
const inboxOf = (messages: readonly ScriptedMessage[]): Promise<string> =>
  archiveOf([{ path: ['INBOX'], role: 'inbox', messages }]);
const many = (count: number): ScriptedMessage[] => Array.from({ length: count }, (_, index) => mail(String(index + 1)));

test('every message arrives once, with its flags, keywords and date; a second run sends nothing', async () => {
  const flags: readonly SystemFlag[] = ['\\Seen', '\\Flagged'];
  const root = await inboxOf([mail('1', 'Numero 1', { flags, keywords: ['$Forwarded'] }), ...twins.slice(1)]);
  const target = scriptedTarget();
  expect(await upload(root, target)).toMatchObject({ status: 'succeeded', figures: { found: 4, uploaded: 4 } });
  expect(target.folders.get('INBOX')?.messages[0]).toMatchObject({
    ...{ flags, keywords: ['$Forwarded'], internalDate: '2019-03-04T09:15:00+01:00' },
  });
  expect(await upload(root, target)).toMatchObject({
    ...{ status: 'succeeded', figures: { found: 4, uploaded: 0, alreadyPresent: 4 } },
  });
  expect(target.sent).toBe(4);
});

test.each([
  ['with keys', true],
  ['without keys', false],
])('%s: a reply lost after every single message loses none and doubles none', async (_name, tellsKeys) => {
  const root = await inboxOf(twins);
  const target = scriptedTarget({
    tellsKeys,
    fate: (_message, attempt) => (attempt % 2 === 1 ? 'reply-lost' : 'stored'),
  });
  const run = await upload(root, target);
  expect(run).toMatchObject({ status: 'succeeded', figures: { found: 4, uploaded: 4, setAside: 0 } });
  expect(target.holds('INBOX')).toEqual(octetsOf(twins));
});

test('a line lost before the message arrived leads to its being sent again', async () => {
  const root = await inboxOf(twins);
  const target = scriptedTarget({ fate: (_message, attempt) => (attempt % 3 === 0 ? 'line-lost' : 'stored') });
  expect(await upload(root, target)).toMatchObject({ status: 'succeeded', figures: { uploaded: 4 } });
  expect(target.holds('INBOX')).toEqual(octetsOf(twins));
});

test('a message on which the line always breaks is set aside, its neighbours arrive', async () => {
  const messages = many(30);
  const root = await inboxOf(messages);
  const target = scriptedTarget({ fate: ({ size }) => (size === 75 ? 'line-lost' : 'stored') });
  const culprit = { key: '31', octets: 'x'.repeat(75) };
  await backUp(
    root,
    scriptedSource({ folders: [{ path: ['INBOX'], role: 'inbox', messages: [...messages, culprit] }] }),
  );
  const run = await upload(root, target);
  expect(run).toMatchObject({ status: 'partial', figures: { found: 31, uploaded: 30, setAside: 1 } });
  expect(run.exceptions).toMatchObject([{ problem: { code: 'TARGET_MESSAGE_REFUSED' }, number: 31 }]);
  expect(target.holds('INBOX')).toEqual(octetsOf(messages));
});

test('what is there already is recognised by its octets, not by its header', async () => {
  const root = await inboxOf(twins);
  const target = scriptedTarget();
  target.add('INBOX', [twin, 'Subject: promemoria\r\n\r\nNé l’uno né l’altro.\r\n'], 'inbox');
  expect(await upload(root, target)).toMatchObject({ figures: { found: 4, alreadyPresent: 1, uploaded: 3 } });
  expect(target.holds('INBOX').filter(octets => octets === twin)).toHaveLength(2);
  expect(target.holds('INBOX')).toHaveLength(5);
});

test('of hundreds of equal messages that are all there, none is sent again', async () => {
  const equal = Array.from({ length: 230 }, (_, index) => ({ key: String(index + 1), octets: twin }));
  const root = await inboxOf(equal);
  const target = scriptedTarget();
  target.add('INBOX', octetsOf(equal), 'inbox');
  expect(await upload(root, target)).toMatchObject({ figures: { found: 230, alreadyPresent: 230, uploaded: 0 } });
});

test('a copy that belongs to one message by its octets is not taken for the rewritten copy of another', async () => {
  const direct = 'Message-ID: <1@ente.it>\r\nReceived: direct\r\nSubject: a\r\n\r\nStesso testo.\r\n';
  const byList = direct.replace('direct', 'by list');
  const filler = many(120);
  const messages = [{ key: '900', octets: direct }, ...filler, { key: '901', octets: byList }];
  const root = await inboxOf(messages);
  const target = scriptedTarget();
  target.add('INBOX', [byList], 'inbox');
  await upload(root, target);
  expect(target.holds('INBOX')).toEqual(octetsOf(messages));
});

test('a server that tells no keys: what was there before is still recognised after the first messages were sent', async () => {
  const messages = many(250);
  const root = await inboxOf(messages);
  const target = scriptedTarget({ tellsKeys: false });
  target.add(
    'INBOX',
    messages.slice(150).map(({ octets }) => octets),
    'inbox',
  );
  const run = await upload(root, target);
  expect(target.holds('INBOX')).toEqual(octetsOf(messages));
  expect(run.figures).toMatchObject({ found: 250, alreadyPresent: 100, uploaded: 150 });
});

test('a refusal that nobody foresaw stands where there is nothing to correct, and the line may break meanwhile', async () => {
  const ofSize = (key: string, size: number) => ({ key, octets: 'Subject: a\r\n\r\n'.padEnd(size, 'x') });
  const refused: Problem = { code: 'TARGET_MESSAGE_REFUSED', details: { reason: 'BAD' } };
  for (const repair of [true, false]) {
    const root = await inboxOf([ofSize('1', 100), ofSize('2', 1200), ofSize('3', 300), ofSize('4', 400)]);
    const sent: number[] = [];
    const target = scriptedTarget({
      fate: ({ size }) => {
        sent.push(size);
        if (size === 400 && sent.filter(each => each === 400).length === 1) return 'line-lost';
        return size === 100 || size === 1200 ? refused : 'stored';
      },
    });
    const run = await upload(root, target, { repair });
    expect(run.figures).toMatchObject(repair ? { uploaded: 3, setAside: 1 } : { uploaded: 2, setAside: 2 });
    expect(run.exceptions).toContainEqual(expect.objectContaining({ problem: refused, number: 1 }));
    // No original goes up a second time: the copy does, once, when the line is there again.
    expect(sent.sort((a, b) => a - b)).toEqual([100, 300, 400, 400, 1200, ...(repair ? [1202] : [])]);
  }
});

test('a full mailbox pauses the job; with room again the rest is sent', async () => {
  const root = await inboxOf(twins);
  const full: Problem = { code: 'TARGET_QUOTA', details: {} };
  let room = 2;
  const target = scriptedTarget({ fate: () => ((room -= 1) >= 0 ? 'stored' : full) });
  expect(await upload(root, target)).toMatchObject({
    ...{ status: 'paused', problem: { code: 'TARGET_QUOTA' }, figures: { uploaded: 2, setAside: 0 } },
  });
  room = 10;
  expect(await upload(root, target)).toMatchObject({
    status: 'succeeded',
    figures: { uploaded: 2, alreadyPresent: 2 },
  });
  expect(target.holds('INBOX')).toEqual(octetsOf(twins));
});

test('what does not fit is said before the first octet goes', async () => {
  const root = await inboxOf(twins);
  const target = scriptedTarget({ limits: { quota: { usedBytes: 90, limitBytes: 100 } } });
  expect(await upload(root, target)).toMatchObject({ status: 'paused', problem: { code: 'TARGET_QUOTA' } });
  expect(target.sent).toBe(0);
});

test('a refused message is set aside with the server’s reason, and tried again by the next run', async () => {
  const root = await inboxOf(twins);
  const script: TargetScript = {
    fate: (_message, attempt) =>
      attempt === 2 ? { code: 'TARGET_MESSAGE_REFUSED', details: { said: 'no' } } : 'stored',
  };
  const target = scriptedTarget(script);
  const run = await upload(root, target);
  expect(run).toMatchObject({ status: 'partial', figures: { uploaded: 3, setAside: 1 } });
  expect(await ledgerOf(root)).toEqual(['INBOX/1 stored', 'INBOX/2 set-aside', 'INBOX/3 stored', 'INBOX/4 stored']);
  expect(await upload(root, target)).toMatchObject({
    status: 'succeeded',
    figures: { uploaded: 1, alreadyPresent: 3 },
  });
});

test('a refusal that can be foreseen costs no octet, and the plan names it', async () => {
  const root = await inboxOf([mail('1'), { key: '2', octets: `Subject: grande\r\n\r\n${'x'.repeat(500)}` }]);
  const target = scriptedTarget({ limits: { maxMessageBytes: 200 } });
  const planned = await upload(root, target, { dryRun: true });
  expect(planned.outcome.plan).toMatchObject({
    ...{ messages: 1, refusals: [{ number: 2, subject: 'grande', problem: { code: 'TARGET_MESSAGE_TOO_LARGE' } }] },
  });
  expect(target.sent).toBe(0);
  const run = await upload(root, target);
  expect(run).toMatchObject({ status: 'partial', figures: { uploaded: 1, setAside: 1 } });
  expect(target.sent).toBe(1);
});

test('a folder name the server refuses gets a plain one, and the next run finds it again', async () => {
  const root = await archiveOf([{ path: ['Città?'], messages: [mail('1')] }]);
  const target = scriptedTarget({ refusesFolder: name => name.includes('?') });
  const run = await upload(root, target);
  expect(run).toMatchObject({ status: 'succeeded', figures: { uploaded: 1 } });
  expect(codesOf(run)).toEqual(['TARGET_FOLDER_RENAMED']);
  expect(target.holds('citta-0001')).toHaveLength(1);
  expect(await upload(root, target)).toMatchObject({ figures: { uploaded: 0, alreadyPresent: 1 } });
});

test('a folder the server refuses altogether sets its messages aside, each with the reason', async () => {
  const root = await archiveOf([
    { path: ['Chiusa'], messages: [mail('1'), mail('2')] },
    { path: ['INBOX'], role: 'inbox', messages: [mail('3')] },
  ]);
  const run = await upload(root, scriptedTarget({ refusesFolder: () => true }));
  expect(run).toMatchObject({ status: 'partial', figures: { found: 3, uploaded: 1, setAside: 2 } });
  expect(codesOf(run)).toEqual(['TARGET_FOLDER_REFUSED', 'TARGET_FOLDER_REFUSED', 'TARGET_FOLDER_REFUSED']);
});

test('a folder that is listed and cannot be opened does not keep the others from going', async () => {
  const root = await archiveOf([
    { path: ['Condivisa'], messages: [mail('1')] },
    { path: ['INBOX'], role: 'inbox', messages: [mail('3')] },
  ]);
  const target = scriptedTarget({ closedFolders: ['Condivisa'] });
  target.add('Condivisa', []);
  const run = await upload(root, target);
  expect(run).toMatchObject({ status: 'partial', figures: { uploaded: 1, setAside: 1 } });
});

test('a target that was renumbered is met again by content, and every message is counted once', async () => {
  const root = await inboxOf(twins);
  const target = scriptedTarget();
  await upload(root, target);
  const inbox = target.folders.get('INBOX');
  if (inbox === undefined) throw new Error('no inbox');
  inbox.generation = '8';
  inbox.messages = inbox.messages.map((message, index) => ({ ...message, key: 100 + index }));
  inbox.nextKey = 200;
  const run = await upload(root, target);
  expect(run).toMatchObject({ status: 'succeeded', figures: { found: 4, alreadyPresent: 4, uploaded: 0 } });
  expect(target.sent).toBe(4);
});

test('a target folder that was emptied and made anew gets everything again, and the plan says so', async () => {
  const root = await archiveOf([{ path: ['Lavoro'], messages: twins }]);
  const target = scriptedTarget();
  await upload(root, target);
  target.folders.delete('Lavoro');
  target.add('Lavoro', []).generation = '9';
  expect((await upload(root, target, { dryRun: true })).outcome.plan).toMatchObject({ messages: 4 });
  expect(await upload(root, target)).toMatchObject({ figures: { found: 4, uploaded: 4, alreadyPresent: 0 } });
});

test('folders go where their role says, below wherever their parent went, or where the map says', async () => {
  const root = await archiveOf([
    { path: ['Posta inviata'], role: 'sent', messages: [mail('1')] },
    { path: ['Posta inviata', '2020'], messages: [mail('2')] },
    { path: ['a/b'], messages: [mail('3')] },
    { path: ['a-b'], messages: [mail('4')] },
    { path: ['Privato'], messages: [mail('5')] },
  ]);
  const map = join(testDirectory(), 'map.json');
  writeFileSync(map, '{"Privato":"Archivio/Mio"}');
  const target = scriptedTarget();
  target.add('Sent Items', [], 'sent');
  const run = await upload(root, target, { map: await readFolderMap(map) });
  expect(run).toMatchObject({ status: 'succeeded', figures: { uploaded: 5 } });
  const holding = [...target.folders].filter(([, { messages }]) => messages.length > 0).map(([name]) => name);
  expect(holding.sort()).toEqual(['Archivio/Mio', 'Sent Items', 'Sent Items/2020', 'a-b', 'a-b (2)']);
  expect(codesOf(run)).toEqual(['TARGET_FOLDER_RENAMED', 'TARGET_FOLDER_RENAMED']);
});

test('a folder does not end in another one’s place because the runs chose different folders', async () => {
  const root = await archiveOf([
    { path: ['Sent Items'], messages: [mail('1')] },
    { path: ['Posta', 'Inviata'], role: 'sent', messages: [mail('2')] },
  ]);
  const target = scriptedTarget();
  target.add('Sent Items', [], 'sent');
  await upload(root, target, { folders: ['Posta'] });
  await upload(root, target);
  for (const { messages } of target.folders.values()) expect(messages.length).toBeLessThan(2);
});

test('a map that cannot be read is refused', async () => {
  const map = join(testDirectory(), 'map.json');
  for (const text of ['{', '{"a":""}', '[{"path":["a"]}]', '"a"']) {
    writeFileSync(map, text);
    await expect(readFolderMap(map)).rejects.toMatchObject({ code: 'FOLDER_MAP_INVALID' });
  }
});

test('two folders in one target folder: a lost reply of either is settled for the right one', async () => {
  const folders = [
    { path: ['A'], messages: [mail('1'), { key: '2', octets: twin }] },
    { path: ['B'], messages: [{ key: '1', octets: twin }, { key: '2', octets: twin }, mail('3')] },
  ];
  const root = await archiveOf(folders);
  const map = new Map([
    ['["A"]', ['Insieme']],
    ['["B"]', ['Insieme']],
  ]);
  const target = scriptedTarget({ fate: (_message, attempt) => (attempt % 2 === 0 ? 'reply-lost' : 'stored') });
  expect(await upload(root, target, { map })).toMatchObject({
    status: 'succeeded',
    figures: { found: 5, uploaded: 5 },
  });
  expect(target.holds('Insieme')).toEqual(octetsOf(folders.flatMap(({ messages }) => messages)));
  const insieme = target.folders.get('Insieme');
  if (insieme === undefined) throw new Error('not there');
  insieme.generation = '8';
  expect(await upload(root, target, { map })).toMatchObject({ figures: { found: 5, alreadyPresent: 5, uploaded: 0 } });
  expect(target.holds('Insieme')).toHaveLength(5);
});

test('what the old mailbox no longer has is not carried over', async () => {
  const root = archivePlace();
  const folder = { path: ['INBOX'], role: 'inbox' } as const;
  await backUp(root, scriptedSource({ folders: [{ ...folder, messages: [mail('1'), mail('2')] }] }));
  await backUp(root, scriptedSource({ folders: [{ ...folder, messages: [mail('2')] }] }));
  const target = scriptedTarget();
  expect(await upload(root, target)).toMatchObject({ status: 'succeeded', figures: { found: 1, uploaded: 1 } });
  expect(target.holds('INBOX')).toEqual([mail('2').octets]);
});

test('a keyword the folder does not keep is named once, and the message arrives', async () => {
  const root = await inboxOf(many(3).map(message => ({ ...message, keywords: ['Protocollo'] })));
  const run = await upload(root, scriptedTarget({ keepsKeyword: () => false }));
  expect(run).toMatchObject({ status: 'succeeded', figures: { uploaded: 3 } });
  expect(run.exceptions).toMatchObject([
    { problem: { code: 'TARGET_KEYWORD_REFUSED', details: { keyword: 'Protocollo' } } },
  ]);
});

test('a pause leaves no message in doubt that the next run does not settle', async () => {
  const root = await inboxOf(many(250));
  const script: TargetScript = {};
  const target = scriptedTarget(script);
  const first = await upload(root, target, {
    started: run => {
      script.fate = (_message, attempt) => {
        if (attempt === 120) run.pause();
        return 'stored';
      };
    },
  });
  expect(first).toMatchObject({ status: 'paused', problem: null });
  expect(target.sent).toBeLessThan(250);
  await upload(root, target);
  expect(target.holds('INBOX')).toEqual(octetsOf(many(250)));
});
