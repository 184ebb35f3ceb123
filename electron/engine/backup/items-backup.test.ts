import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import { allItemFolders, itemsAfter } from '../archive/catalogue/item-table.ts';
import type { ArchivedItem } from '../archive/catalogue/item-table.ts';
import { names } from '../archive/layout.ts';
import { readLeftOut } from '../archive/left-out.ts';
import { noFaults } from '../archive/no-faults.ts';
import { rebuildCatalogue } from '../archive/rebuild.ts';
import { verifyArchive } from '../archive/verify-archive.ts';
import type { ItemContent, ItemSource } from '../sources/item-source.ts';
import { archivePlace, backUp, mail, withArchive } from '../testing/test-archive.ts';
import { codesOf } from '../testing/run-as-job.ts';
import { buildReport } from '../report/build-report.ts';
import { renderReportHtml } from '../report/render-html.ts';
import { reportSchema } from '../../../shared/model/report.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { scriptedSource } from '../testing/scripted-source.ts';
import type { ScriptedSource } from '../testing/scripted-source.ts';

interface ScriptedItem {
  readonly key: string;
  readonly text: string;
  readonly name?: string;
  readonly extension?: string;
  readonly mark?: string;
  readonly problem?: Problem;
  readonly trouble?: 'unreadable' | 'breaks-once';
}

interface ScriptedItems {
  folders: readonly {
    readonly kind: ItemKind;
    readonly path: readonly string[];
    readonly changeMark?: string;
    readonly items: readonly ScriptedItem[];
  }[];
  /** Keys that were read. */
  readonly read: string[];
}

function sourceWith(script: ScriptedItems): ScriptedSource {
  const mailbox = scriptedSource({ folders: [{ path: ['INBOX'], messages: [mail('1')], changeMark: '1' }] });
  const broken = new Set<string>();
  const items: ItemSource = {
    listFolders: () =>
      Promise.resolve({
        folders: script.folders.map(({ kind, path, changeMark = null, items: { length } }) => ({
          ...{ kind, path, changeMark, items: length },
        })),
        problems: [],
      }),
    async *open({ kind, path }) {
      const folder = script.folders.find(each => each.kind === kind && each.path.join() === path.join());
      for (const item of folder?.items ?? []) {
        if (item.trouble === 'breaks-once' && !broken.has(item.key)) {
          broken.add(item.key);
          throw new TravasoError('CONNECTION_LOST', {});
        }
        yield await Promise.resolve({ key: item.key, mark: item.mark ?? null, read: () => readItem(item, script) });
      }
    },
  };
  return { ...mailbox, connect: async () => ({ ...(await mailbox.connect()), items }) };
}

function readItem(item: ScriptedItem, script: ScriptedItems): Promise<ItemContent> {
  if (item.trouble === 'unreadable') return Promise.reject(new TravasoError('ITEM_UNREADABLE', { item: item.key }));
  script.read.push(item.key);
  return Promise.resolve({
    name: item.name ?? item.key,
    extension: item.extension ?? 'vcf',
    mediaType: 'text/vcard',
    octets: pieces(item.text),
    problem: item.problem ?? null,
  });
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is in memory
async function* pieces(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const { signal } = new AbortController();
const contacts = (items: readonly ScriptedItem[], changeMark?: string): ScriptedItems['folders'] => [
  { kind: 'contact', path: ['Rubrica: amici?'], items, ...(changeMark === undefined ? {} : { changeMark }) },
];

async function rows(root: string): Promise<ArchivedItem[]> {
  return await withArchive(root, ({ catalogue: { db } }) =>
    allItemFolders(db).flatMap(folder => itemsAfter(db, folder.id, 0, 1000)),
  );
}

const check = (root: string) => verifyArchive({ root, signal, progress: () => undefined });
const textOf = (root: string, { file }: ArchivedItem) => readFileSync(join(root, ...file.split('/')), 'utf8');

test('every kind has its place; names are legal everywhere, true ones are in the sidecar', async () => {
  const root = archivePlace();
  const script: ScriptedItems = {
    read: [],
    folders: [
      ...contacts([
        { key: 'a', text: 'vcard a', name: 'Anna Però' },
        { key: 'b', text: 'vcard b', name: 'CON' },
        { key: 'c', text: 'vcard c', name: '李' },
      ]),
      { kind: 'event', path: ['Calendario'], items: [{ key: 'e', text: 'ics', name: 'Riunione', extension: 'ics' }] },
      { kind: 'file', path: ['Documenti'], items: [{ key: 'f', text: 'x', name: '../../etc', extension: 'P/DF' }] },
    ],
  };
  const run = await backUp(root, sourceWith(script));
  expect(run).toMatchObject({ status: 'succeeded', figures: { found: 1, stored: 1 } });
  expect(run.outcome.itemFigures).toEqual({
    contact: { found: 3, stored: 3, alreadyPresent: 0, setAside: 0 },
    event: { found: 1, stored: 1, alreadyPresent: 0, setAside: 0 },
    file: { found: 1, stored: 1, alreadyPresent: 0, setAside: 0 },
  });
  const held = await rows(root);
  expect(held.map(({ file }) => file)).toEqual([
    'data/contacts/rubrica-amici-0001/00000/anna-pero-0001.vcf',
    'data/contacts/rubrica-amici-0001/00000/con-0002.vcf',
    'data/contacts/rubrica-amici-0001/00000/contact-0003.vcf',
    'data/calendars/calendario-0002/00000/riunione-0001.ics',
    'data/files/documenti-0003/00000/etc-0001.bin',
  ]);
  expect(held.map(({ name }) => name)).toEqual(['Anna Però', 'CON', '李', 'Riunione', '../../etc']);
  expect(held.map(item => textOf(root, item))).toEqual(['vcard a', 'vcard b', 'vcard c', 'ics', 'x']);
  const manifest = readFileSync(join(root, names.manifest), 'utf8');
  for (const { file, sha256 } of held) expect(manifest).toContain(`${sha256}  ${file}\n`);
  expect(await check(root)).toMatchObject({ items: 5, problems: [] });
});

test('a kind left out is not read, is recorded and is named in the report; taken back, it comes', async () => {
  const root = archivePlace();
  const script: ScriptedItems = {
    read: [],
    folders: [
      ...contacts([{ key: 'a', text: 'vcard a' }]),
      { kind: 'event', path: ['Calendario'], items: [{ key: 'e', text: 'ics' }] },
    ],
  };
  await backUp(root, sourceWith(script), { leaveOutItems: ['contact', 'task'] });
  expect(script.read).toEqual(['e']);
  expect(await readLeftOut(root)).toEqual({ folders: [], items: [{ kind: 'contact', items: 1 }] });
  const told = async () =>
    await withArchive(root, async archive => {
      const report = await buildReport({ archive, created: new Date('2026-03-02T12:00:00Z'), messageFolder: null });
      return renderReportHtml(reportSchema.parse(report), { language: 'it', timeZone: 'Europe/Rome' });
    });
  expect(await told()).toContain('Per tua scelta non sono stati salvati: contatti (1).');
  await backUp(root, sourceWith(script));
  expect(script.read).toEqual(['e', 'a', 'e']);
  expect(await told()).not.toContain('Per tua scelta non sono stati salvati');
});

test('the same again adds nothing and leaves the seal; a changed one is a new version beside the old', async () => {
  const root = archivePlace();
  const script: ScriptedItems = {
    read: [],
    folders: contacts([
      { key: 'a', text: 'one', mark: '1' },
      { key: 'b', text: 'two' },
    ]),
  };
  const first = await backUp(root, sourceWith(script));
  const again = await backUp(root, sourceWith(script));
  expect(again.outcome.manifestSha256).toBe(first.outcome.manifestSha256);
  expect(again.outcome.itemFigures?.contact).toMatchObject({ found: 2, stored: 0, alreadyPresent: 2 });
  // Its mark was the same: it was not even read.
  expect(script.read).toEqual(['a', 'b', 'b']);

  script.folders = contacts([
    { key: 'a', text: 'one', mark: '2' },
    { key: 'b', text: 'two, changed' },
  ]);
  expect((await backUp(root, sourceWith(script))).outcome.itemFigures?.contact).toMatchObject({
    ...{ found: 2, stored: 1, alreadyPresent: 1 },
  });
  const held = await rows(root);
  expect(held.map(item => [item.key, item.mark, item.superseded, textOf(root, item)])).toEqual([
    ['a', '2', false, 'one'],
    ['b', null, true, 'two'],
    ['b', null, false, 'two, changed'],
  ]);
  expect(await check(root)).toMatchObject({ items: 3, problems: [] });
});

test('a folder whose mark is the same is not opened; what is gone is marked and met again', async () => {
  const root = archivePlace();
  const script: ScriptedItems = { read: [], folders: contacts([{ key: 'a', text: 'one' }], 'm1') };
  await backUp(root, sourceWith(script));
  expect((await backUp(root, sourceWith(script))).outcome.itemFigures?.contact).toMatchObject({
    ...{ found: 1, alreadyPresent: 1 },
  });
  expect(script.read).toEqual(['a']);
  script.folders = contacts([], 'm2');
  await backUp(root, sourceWith(script));
  expect((await rows(root)).map(({ absentSince }) => absentSince === null)).toEqual([false]);
  script.folders = contacts([{ key: 'a', text: 'one' }], 'm3');
  await backUp(root, sourceWith(script));
  expect((await rows(root)).map(({ absentSince }) => absentSince === null)).toEqual([true]);
});

test('what cannot be read is set aside by name, what is a part says so; a lost line costs no item and doubles none', async () => {
  const root = archivePlace();
  const problem: Problem = { code: 'ITEM_INCOMPLETE', details: { item: 'b' } };
  const script: ScriptedItems = {
    read: [],
    folders: contacts([
      { key: 'a', text: '', trouble: 'unreadable' },
      { key: 'b', text: 'part', problem },
      { key: 'c', text: 'three', trouble: 'breaks-once' },
    ]),
  };
  const run = await backUp(root, sourceWith(script));
  expect(run.status).toBe('partial');
  expect(run.outcome.itemFigures?.contact).toEqual({ found: 3, stored: 2, alreadyPresent: 0, setAside: 1 });
  expect(codesOf(run)).toEqual(['ITEM_INCOMPLETE', 'ITEM_UNREADABLE']);
});

test('a rebuild knows every item again; an item that was changed on the disk is named by the check', async () => {
  const root = archivePlace();
  const items = [
    { key: 'a', text: 'one' },
    { key: 'b', text: 'two' },
  ];
  const script: ScriptedItems = { read: [], folders: contacts(items) };
  await backUp(root, sourceWith(script));
  script.folders = contacts([{ key: 'a', text: 'one, changed' }]);
  await backUp(root, sourceWith(script));
  const before = await rows(root);
  rmSync(join(root, names.catalogue));
  await rebuildCatalogue(root, { faults: noFaults });
  expect(await rows(root)).toEqual(before);
  expect((await backUp(root, sourceWith(script))).outcome.itemFigures?.contact).toMatchObject({ stored: 0 });

  writeFileSync(join(root, ...(before[1]?.file ?? '').split('/')), 'forged');
  const { problems } = await check(root);
  expect(problems).toEqual([{ code: 'ARCHIVE_FILE_CHANGED', details: { file: before[1]?.file } }]);
});

test('an archive of an earlier version is taken on, and can be looked at without being written to', async () => {
  const root = archivePlace();
  const script: ScriptedItems = { read: [], folders: [] };
  await backUp(root, sourceWith(script));
  const db = new Database(join(root, names.catalogue));
  const later = ['item_folders', 'items', 'synthesised', 'item_figures', 'item_target_folders', 'item_uploads'];
  for (const table of later) db.exec(`DROP TABLE ${table}`);
  db.pragma('user_version = 1');
  db.close();
  expect(await withArchive(root, ({ catalogue }) => allItemFolders(catalogue.db), { mode: 'read' })).toEqual([]);
  expect(await check(root)).toMatchObject({ problems: [] });
  script.folders = contacts([{ key: 'a', text: 'one' }]);
  expect(await backUp(root, sourceWith(script))).toMatchObject({ status: 'succeeded', figures: { stored: 0 } });
  expect(await rows(root)).toHaveLength(1);
  expect(existsSync(join(root, 'data/contacts/rubrica-amici-0001.jsonl'))).toBe(true);
});

test('the report tells of every folder, and does not call complete what was set aside', async () => {
  const root = archivePlace();
  const script: ScriptedItems = {
    read: [],
    folders: contacts([
      { key: 'a', text: 'one' },
      { key: 'b', text: '', trouble: 'unreadable' },
    ]),
  };
  await backUp(root, sourceWith(script));
  const report = await withArchive(root, archive =>
    buildReport({ archive, created: new Date('2026-03-02T12:00:00Z'), messageFolder: null }),
  );
  expect(reportSchema.parse(report).items).toEqual([
    { kind: 'contact', path: ['Rubrica: amici?'], found: 2, stored: 1, setAside: 1, bytes: 3 },
  ]);
  const page = renderReportHtml(report, { language: 'it', timeZone: 'Europe/Rome' });
  expect(page).toContain('Altro: contatti, calendari');
  expect(page).toContain('T-414');
  expect(page).not.toContain('ricompost');
});

test('a message put together from parts is said to be so, in sidecar and report, and a rebuild keeps it', async () => {
  const root = archivePlace();
  const made = { source: 'pst', header: 'mapi', attachmentsWithoutContent: ['a.pdf'] } as const;
  const mailbox = scriptedSource({ folders: [{ path: ['INBOX'], messages: [mail('1'), mail('2')] }] });
  const connect = async (): Promise<MailSource> => {
    const source = await mailbox.connect();
    return {
      ...source,
      openFolder: async (folder, inner) => {
        const open = await source.openFolder(folder, inner);
        return {
          ...open,
          async *fetch(keys, last) {
            for await (const message of open.fetch(keys, last))
              yield { ...message, synthesis: () => (message.key === '2' ? made : null) };
          },
        };
      },
    };
  };
  await backUp(root, { ...mailbox, connect });
  const lines = readFileSync(join(root, 'data/mail/inbox-0001.jsonl'), 'utf8').split('\n');
  const records = lines.filter(line => line !== '').map(line => JSON.parse(line) as { synthesis?: unknown });
  expect(records.map(({ synthesis }) => synthesis)).toEqual([undefined, undefined, undefined, made]);
  const synthesised = () =>
    withArchive(root, async archive => {
      const report = await buildReport({ archive, created: new Date('2026-03-02T12:00:00Z'), messageFolder: null });
      const page = renderReportHtml(report, { language: 'it', timeZone: 'Europe/Rome' });
      return [report.synthesised, page.includes('identici all’originale'), page.includes('è stato ricomposto')];
    });
  expect(await synthesised()).toEqual([1, false, true]);
  rmSync(join(root, names.catalogue));
  await rebuildCatalogue(root, { faults: noFaults });
  expect(await synthesised()).toEqual([1, false, true]);
});
