import { expect, test } from 'vitest';
import type { ExportEntry, ExportStream } from './export-entry.ts';
import { ExportIndex } from './index-export.ts';

const { signal } = new AbortController();
const date = new Date('2019-03-04T08:15:00Z');

function streamOf(
  entries: readonly (Partial<ExportEntry> & { readonly path: string; readonly text?: string })[],
  damage: ExportStream['damage'] = null,
): ExportStream {
  let index = 0;
  return {
    damage,
    close: () => Promise.resolve(),
    next: () => {
      const entry = entries[index];
      index += 1;
      if (entry === undefined) return Promise.resolve(null);
      const { text = '', ...rest } = entry;
      const body = async function* () {
        yield await Promise.resolve(Buffer.from(text));
      };
      return Promise.resolve({
        isFile: true,
        isFolder: false,
        size: text.length,
        modified: date,
        unread: false,
        body,
        ...rest,
      });
    },
  };
}

const meta = (values: Record<string, unknown>) => JSON.stringify({ type: 5, Ver: 10, ...values });

async function indexOf(...parts: readonly ExportStream[]): Promise<{ index: ExportIndex; shape: unknown[] }> {
  const index = new ExportIndex();
  for (const [number, part] of parts.entries()) await index.add(part, number, 'a.tgz', signal);
  index.finish('a.tgz');
  const shape = [...index.folders.values()].map(({ path, messages }) => [
    path.join('/'),
    messages.map(({ key }) => key),
  ]);
  return { index, shape };
}

test('directories of 500 are one folder again, by its true name; a folder may end in !1 by itself', async () => {
  const { shape } = await indexOf(
    streamOf([
      { path: 'Fatture_ 2023/1-a.eml.meta', text: meta({ id: 1, Path: '/Fatture: 2023', blob_digest: 'x' }) },
      { path: 'Fatture_ 2023/1-a.eml', text: 'a' },
      { path: 'Fatture_ 2023!1/2-b.eml.meta', text: meta({ id: 2, Path: '/Fatture: 2023', blob_digest: 'y' }) },
      { path: 'Fatture_ 2023!1/2-b.eml', text: 'b' },
      { path: 'Novità!1/3-c.eml.meta', text: meta({ id: 3, Path: '/Novità!1', blob_digest: 'z' }) },
      { path: 'Novità!1/3-c.eml', text: 'c' },
    ]),
  );
  expect(shape).toEqual([
    ['Fatture: 2023', ['1-x', '2-y']],
    ['Novità!1', ['3-z']],
  ]);
});

test('without .meta: the folder of the directory, read or unread by the rights, the date of the tar', async () => {
  const { index, shape } = await indexOf(
    streamOf([
      { path: './Inbox/1-a.eml', text: 'a', unread: true },
      { path: 'Inbox!1/2-b.eml', text: 'b' },
      { path: 'Contacts/anna.vcf', text: 'v' },
      { path: 'Calendar/riunione.ics', text: 'i' },
    ]),
  );
  expect(shape).toEqual([['Inbox', ['1-a.eml', '2-b.eml']]]);
  const [inbox] = [...index.folders.values()];
  expect(inbox?.messages.map(({ flags, internalDate }) => [flags, internalDate])).toEqual([
    [[], '2019-03-04T08:15:00+00:00'],
    [['\\Seen'], '2019-03-04T08:15:00+00:00'],
  ]);
  expect(index.items.map(({ kind, folder, key, fileName }) => [kind, folder.join('/'), key, fileName])).toEqual([
    ['contact', 'Contacts', 'anna.vcf', 'anna.vcf'],
    ['event', 'Calendar', 'riunione.ics', 'riunione.ics'],
  ]);
  expect(index.problems).toEqual([]);
});

test('an .err beside a message, a .meta without its message, an end within a message: each is named', async () => {
  const { index, shape } = await indexOf(
    streamOf(
      [
        { path: 'Inbox/1-a.eml.meta', text: meta({ id: 1, Path: '/Inbox' }) },
        { path: 'Inbox/1-a.eml', text: 'a' },
        { path: 'Inbox/1-a.eml.err' },
        { path: 'Inbox/2-b.eml.meta', text: meta({ id: 2, Path: '/Inbox' }) },
        { path: 'Inbox/3-c.eml.meta', text: meta({ id: 3, Path: '/Inbox' }) },
        { path: 'Inbox/3-c.eml', text: 'c' },
      ],
      'cut-off',
    ),
  );
  expect(shape).toEqual([['Inbox', ['1-', '3--cut']]]);
  expect(index.problems.map(({ code, details }) => [code, details['file'] ?? details['folder']])).toEqual([
    ['FILE_UNREADABLE', 'Inbox/2-b.eml'],
    ['SOURCE_FILE_DAMAGED', 'a.tgz'],
    ['MESSAGE_INCOMPLETE', 'Inbox'],
  ]);
});

test('parts that overlap give each message once; two messages in one part stay two', async () => {
  const one = [
    { path: 'Inbox/1-a.eml.meta', text: meta({ id: 1, Path: '/Inbox', blob_digest: 'x' }) },
    { path: 'Inbox/1-a.eml', text: 'a' },
  ];
  expect((await indexOf(streamOf(one), streamOf(one))).shape).toEqual([['Inbox', ['1-x']]]);
  expect((await indexOf(streamOf([...one, ...one]))).shape).toEqual([['Inbox', ['1-x', '1-x.2']]]);
});

test('empty folders of mail are kept; those of contacts and appointments are no folders of mail', async () => {
  const { shape } = await indexOf(
    streamOf([
      { path: 'USER_ROOT.meta', text: meta({ type: 1, id: 1, Path: '/' }) },
      { path: 'Conversations.meta', text: meta({ type: 1, id: 9, Path: '/Conversations' }) },
      { path: 'Progetti.meta', text: meta({ type: 1, Path: '/Progetti' }) },
      { path: 'Rubrica.meta', text: meta({ type: 1, Path: '/Rubrica' }) },
      { path: 'Calendar.meta', text: meta({ type: 1, Path: '/Calendar' }) },
      { path: 'Rubrica/Anna.meta', text: meta({ type: 6, Path: '/Rubrica' }) },
      { path: 'Tags/urgente.meta', text: meta({ type: 3 }) },
    ]),
  );
  expect(shape).toEqual([['Progetti', []]]);
});
