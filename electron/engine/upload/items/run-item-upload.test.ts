import { expect, test } from 'vitest';
import { TravasoError } from '../../../../shared/errors.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import { fieldsOf } from '../../items/item-fields.ts';
import type { ItemFields } from '../../items/item-fields.ts';
import type { ItemSource } from '../../sources/item-source.ts';
import type { FieldChange, ItemTarget, OutgoingItem, PutOutcome, TargetItemFolder } from '../../targets/item-target.ts';
import { codesOf, runAsJob } from '../../testing/run-as-job.ts';
import type { EndedJob } from '../../testing/run-as-job.ts';
import { scriptedSource } from '../../testing/scripted-source.ts';
import { archivePlace, backUp, testPorts, withArchive } from '../../testing/test-archive.ts';
import { runItemProof } from '../../verify/run-item-proof.ts';
import { planItemUpload, runItemUpload } from './run-item-upload.ts';
import type { ItemUploadOptions } from './run-item-upload.ts';

interface Written {
  readonly kind: ItemKind;
  readonly path: readonly string[];
  readonly key: string;
  readonly text: string;
}

const card = (uid: string, name = uid): string =>
  `BEGIN:VCARD\r\nVERSION:4.0\r\nUID:${uid}\r\nFN:${name}\r\nEND:VCARD\r\n`;
const contact = (key: string, path = ['Contatti']): Written => ({ kind: 'contact', path, key, text: card(key) });

async function archiveWith(items: readonly Written[]): Promise<string> {
  const root = archivePlace();
  const mailbox = scriptedSource({ folders: [] });
  const folders = Map.groupBy(items, ({ kind, path }) => `${kind} ${path.join('/')}`);
  const source: ItemSource = {
    listFolders: () =>
      Promise.resolve({
        folders: [...folders.values()].flatMap(([first]) =>
          first === undefined ? [] : [{ kind: first.kind, path: first.path, items: null, changeMark: null }],
        ),
        problems: [],
      }),
    async *open({ kind, path }) {
      for (const { key, text } of folders.get(`${kind} ${path.join('/')}`) ?? []) {
        const content = { name: key, extension: 'vcf', mediaType: 'text/vcard', octets: once(text), problem: null };
        yield await Promise.resolve({ key, mark: null, read: () => Promise.resolve(content) });
      }
    },
  };
  await backUp(root, { ...mailbox, connect: async () => ({ ...(await mailbox.connect()), items: source }) });
  return root;
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is in memory
async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

interface Account {
  readonly folders: TargetItemFolder[];
  /** By folder key and item key. */
  readonly items: Map<string, Map<string, string>>;
  readonly kinds: readonly ItemKind[];
  /** What happens to an item of this identity; anything else is stored. */
  readonly trouble?: Readonly<Record<string, 'refuse' | 'full' | 'cut-before' | 'cut-behind'>>;
  readonly refusesFolders?: true;
  readonly changed?: readonly FieldChange[];
}

const target = (account: Account): ItemTarget => ({
  account: 'dav://anna@new',
  kinds: new Set(account.kinds),
  listFolders: () => Promise.resolve(account.folders),
  nameFor: (_kind, path) => path.join('/'),
  nameKey: name => name,
  createFolder: (kind, name) => {
    if (account.refusesFolders === true)
      return Promise.reject(new TravasoError('ITEM_FOLDER_REFUSED', { reason: 'no' }));
    const folder = { kind, key: `${kind}:${name}`, name, isDefault: false };
    account.folders.push(folder);
    return Promise.resolve(folder);
  },
  openFolder: folder => {
    const items = account.items.get(folder.key) ?? new Map<string, string>();
    account.items.set(folder.key, items);
    return Promise.resolve({
      async *inventory() {
        yield await Promise.resolve([...items.keys()].map(key => ({ key, identity: key })));
      },
      async *put(sent) {
        for (const [index, item] of sent.entries()) yield await Promise.resolve(putOne(account, items, item, index));
      },
      async *read(keys) {
        for (const key of keys) yield await Promise.resolve({ key, fields: fieldsOfText(items.get(key)) });
      },
    });
  },
  prepare: ({ octets }) => ({ kept: fieldsOfText(octets.toString()) ?? new Map(), changed: account.changed ?? [] }),
  close: () => Promise.resolve(),
});

function putOne(account: Account, items: Map<string, string>, item: OutgoingItem, index: number): PutOutcome {
  switch (account.trouble?.[item.identity]) {
    case 'refuse':
      return { index, kind: 'refused', problem: { code: 'ITEM_REFUSED', details: { reason: 'brutto' } } };
    case 'full':
      return { index, kind: 'refused', problem: { code: 'TARGET_QUOTA', details: {} } };
    case 'cut-before':
      throw new TravasoError('CONNECTION_LOST', {}, { retryAfterMs: 0 });
    case 'cut-behind':
      if (items.has(item.identity)) return { index, kind: 'present', key: item.identity };
      items.set(item.identity, item.octets.toString());
      throw new TravasoError('CONNECTION_LOST', {}, { retryAfterMs: 0 });
    case undefined:
      items.set(item.identity, item.octets.toString());
      return { index, kind: 'stored', key: item.identity };
  }
}

function fieldsOfText(text: string | undefined): ItemFields | null {
  return text === undefined ? null : fieldsOf([['name', /^FN:(.*)$/m.exec(text)?.[1] ?? '']]);
}

const empty = (more: Partial<Account> = {}): Account => ({
  folders: [],
  items: new Map(),
  kinds: ['contact', 'event', 'task'],
  ...more,
});

type Choice = Partial<Pick<ItemUploadOptions, 'leaveOut' | 'setSettings' | 'folders'>>;

async function upload(root: string, account: Account | null, choice: Choice = {}): Promise<EndedJob> {
  const ports = testPorts();
  return await withArchive(root, archive =>
    runAsJob({ journal: archive.catalogue, kind: 'upload', clock: ports.clock }, async context => {
      const connect = (): Promise<ItemTarget | null> => Promise.resolve(account === null ? null : target(account));
      const options = { archive, account: 'dav://anna@new', connect, ports, context };
      await runItemUpload({ ...options, folders: [], leaveOut: [], setSettings: false, ...choice });
      return {};
    }),
  );
}

async function prove(root: string, account: Account): Promise<EndedJob> {
  return await withArchive(root, archive =>
    runAsJob({ journal: archive.catalogue, kind: 'verify' }, async context => {
      const connect = (): Promise<ItemTarget> => Promise.resolve(target(account));
      await runItemProof({ archive, account: 'dav://anna@new', connect, folders: [], leaveOut: [], context });
      return {};
    }),
  );
}

test('what an account does not take is left to the person, folder by folder, and plain IMAP takes nothing', async () => {
  const root = await archiveWith([contact('a'), { kind: 'note', path: ['Note'], key: 'n', text: 'ciao' }]);
  const account = empty();
  const run = await upload(root, account);
  expect(run).toMatchObject({ status: 'succeeded' });
  expect(run.exceptions.map(({ problem }) => problem)).toEqual([
    { code: 'ITEMS_BY_HAND', details: { folder: 'Note', kind: 'note', items: 1 } },
  ]);
  expect([...(account.items.get('contact:Contatti')?.keys() ?? [])]).toEqual(['a']);
  expect(codesOf(await upload(root, null))).toEqual(['ITEMS_BY_HAND', 'ITEMS_BY_HAND']);
});

test('rules wait for consent, and then go', async () => {
  const rule = { kind: 'rule' as const, path: ['Regole'], key: 'incoming.json', text: '{}' };
  const root = await archiveWith([rule, { ...rule, key: 'incoming.txt', text: 'per le persone' }]);
  const account = empty({ kinds: ['rule'] });
  const waiting = await upload(root, account);
  expect(waiting.exceptions[0]?.problem).toMatchObject({ code: 'SETTINGS_NOT_SET', details: { items: 1 } });
  expect(account.items.size).toBe(0);
  expect(codesOf(await prove(root, account))).toEqual(['SETTINGS_NOT_SET']);
  expect(codesOf(await upload(root, account, { setSettings: true }))).toEqual([]);
  expect(account.items.get('rule:Regole')?.size).toBe(1);
});

test('a refused item is set aside with its reason, its folder goes on, and the next run tries it again', async () => {
  const root = await archiveWith([contact('a'), contact('b'), contact('c')]);
  const trouble: Record<string, 'refuse'> = { b: 'refuse' };
  const account = empty({ trouble });
  const first = await upload(root, account);
  expect(first.exceptions[0]?.problem).toEqual({
    code: 'ITEM_REFUSED',
    details: { folder: 'Contatti', name: 'b', kind: 'contact', item: 'b', reason: 'brutto' },
  });
  expect(account.items.get('contact:Contatti')?.size).toBe(2);
  delete trouble['b'];
  expect(codesOf(await upload(root, account))).toEqual([]);
  expect(account.items.get('contact:Contatti')?.size).toBe(3);
});

test('a full account ends the job, and nothing is held against the item', async () => {
  const root = await archiveWith([contact('a'), contact('b')]);
  const trouble: Record<string, 'full'> = { b: 'full' };
  const account = empty({ trouble });
  expect(await upload(root, account)).toMatchObject({ status: 'paused', problem: { code: 'TARGET_QUOTA' } });
  delete trouble['b'];
  expect(await upload(root, account)).toMatchObject({ status: 'succeeded' });
  expect(account.items.get('contact:Contatti')?.size).toBe(2);
});

test('a line that breaks behind an item doubles nothing; one that breaks before it each time sets it aside alone', async () => {
  const root = await archiveWith(['a', 'b', 'c', 'd', 'e'].map(key => contact(key)));
  const account = empty({ trouble: { b: 'cut-behind', d: 'cut-before' } });
  const run = await upload(root, account);
  expect([...(account.items.get('contact:Contatti')?.keys() ?? [])].sort()).toEqual(['a', 'b', 'c', 'e']);
  expect(run.exceptions.map(({ problem, key }) => [problem.code, problem.details['reason'], key])).toEqual([
    ['ITEM_REFUSED', 'line-breaks', 'd'],
  ]);
});

test('a folder that cannot be made sets its items aside, and the others go on', async () => {
  const root = await archiveWith([contact('a', ['Amici']), contact('b')]);
  const usual = { kind: 'contact' as const, key: 'k', name: 'Contacts', isDefault: true };
  const account = empty({ refusesFolders: true, folders: [usual] });
  const run = await upload(root, account);
  expect(codesOf(run)).toEqual(['ITEM_FOLDER_REFUSED', 'ITEM_REFUSED']);
  // What was in the old default folder is in the new one.
  expect([...(account.items.get('k')?.keys() ?? [])]).toEqual(['b']);
});

test('fields that change are named once for each item, also by the proof of what differs', async () => {
  const root = await archiveWith([contact('a'), contact('b')]);
  const account = empty({
    changed: [
      { field: 'participant', fate: 'as-text' },
      { field: 'photo', fate: 'left-out' },
    ],
  });
  const run = await upload(root, account);
  expect(run).toMatchObject({ status: 'succeeded' });
  expect(run.exceptions.map(({ problem }) => problem)).toMatchObject([
    { code: 'ITEM_FIELDS_CHANGED', details: { name: 'a', texts: 'participant', left: 'photo' } },
    { code: 'ITEM_FIELDS_CHANGED', details: { name: 'b' } },
  ]);
  const there = account.items.get('contact:Contatti');
  there?.set('a', card('a', 'Altra'));
  there?.delete('b');
  const proof = await prove(root, account);
  expect(proof.exceptions.map(({ problem }) => problem)).toMatchObject([
    { code: 'ITEM_DIFFERS', details: { name: 'a', fields: 'name' } },
    { code: 'ITEM_MISSING', details: { name: 'b' } },
  ]);
});

test('a plan says where everything goes and sends nothing', async () => {
  const root = await archiveWith([contact('a', ['Amici']), contact('b'), contact('c')]);
  const account = empty({ changed: [{ field: 'photo', fate: 'left-out' }] });
  const plans = await withArchive(root, async archive => {
    const plan: unknown[] = [];
    await runAsJob({ journal: archive.catalogue, kind: 'plan' }, async context => {
      const connect = (): Promise<ItemTarget> => Promise.resolve(target(account));
      const options = { archive, account: 'dav://anna@new', connect, ports: testPorts(), context };
      plan.push(...(await planItemUpload({ ...options, folders: ['Contatti'], leaveOut: [], setSettings: false })));
      return {};
    });
    return plan;
  });
  expect(plans).toEqual([
    {
      ...{ kind: 'contact', folder: ['Contatti'], name: 'Contatti', exists: false, items: 2, done: 0, fate: 'upload' },
      changed: [{ field: 'photo', fate: 'left-out', items: 2 }],
      refusals: [],
    },
  ]);
  expect(account.folders).toEqual([]);
});
