import { expect, test, vi } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { Clock } from '../ports.ts';
import type { SourceItemFolder } from '../sources/item-source.ts';
import type { FolderStatus, InventoryEntry, MailSource, SourceFolder } from '../sources/mail-source.ts';
import { SurveyRegistry } from './survey-registry.ts';

const clock: Clock = {
  now: () => new Date(0),
  monotonicMs: () => 0,
  sleep: () => Promise.resolve(),
};

function folder(name: string, status: FolderStatus | null, selectable = true): SourceFolder {
  return { path: [name], role: null, sourceName: name, separator: '/', subscribed: true, selectable, status };
}

function entries(...sizes: readonly (number | null)[]): readonly InventoryEntry[] {
  return sizes.map((announcedSize, index) => ({
    ...{ key: `${index + 1}`, announcedSize, internalDate: null },
    ...{ flags: [], keywords: [] },
  }));
}

/** @param inventory what each folder answers when it is opened */
function source(
  folders: readonly SourceFolder[],
  inventory: (name: string, signal: AbortSignal) => AsyncIterable<readonly InventoryEntry[]>,
): MailSource & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    account: 'imap://anna@old',
    listFolders: () => Promise.resolve({ folders, problems: [] }),
    openFolder: ({ sourceName }) => {
      opened.push(sourceName);
      return Promise.resolve({
        ...{ generation: '1', messages: 0, changeMark: null },
        inventory: signal => inventory(sourceName, signal),
        fetch: () => {
          throw new Error('a survey fetches nothing');
        },
      });
    },
    close: () => Promise.resolve(),
  };
}

const told = { messages: 7, bytes: 700, changeMark: null };
const countOnly = { messages: 2, bytes: null, changeMark: null };

test('what the list tells is taken from it; the rest is added up folder by folder, and shown as it grows', async () => {
  const gate = Promise.withResolvers<undefined>();
  const mailbox = source(
    [
      folder('INBOX', told),
      folder('Posta inviata', countOnly),
      folder('Vuota', null),
      folder('Solo nome', null, false),
    ],
    async function* (name) {
      if (name === 'Vuota') return;
      await gate.promise;
      yield entries(10);
      yield entries(20, 30);
    },
  );
  const surveys = new SurveyRegistry(clock);
  const id = surveys.start('anna', () => Promise.resolve(mailbox));
  expect(surveys.read(id)).toEqual({ phase: 'listing', folders: [], items: [], remarks: [], problem: null });
  await vi.waitFor(() => expect(surveys.read(id).phase).toBe('counting'));
  expect(surveys.read(id).folders.map(({ messages, octets }) => [messages, octets])).toEqual([
    [7, 700],
    [2, null],
    [null, null],
    [0, 0],
  ]);
  gate.resolve(undefined);
  await vi.waitFor(() => expect(surveys.read(id).phase).toBe('done'));
  expect(surveys.read(id).folders.map(({ messages, octets }) => [messages, octets])).toEqual([
    [7, 700],
    [3, 60],
    [0, 0],
    [0, 0],
  ]);
  expect(mailbox.opened).toEqual(['Posta inviata', 'Vuota']);
});

test('what lies beside mail is told by kind, and what the source remarks is told with it', async () => {
  const itemFolder = (kind: ItemKind, name: string, items: number | null): SourceItemFolder => {
    return { kind, path: [name], items, changeMark: null };
  };
  const unreadable = { code: 'FILE_UNREADABLE', details: { file: 'Progetti' } } as const;
  const leftOut = { code: 'ITEMS_LEFT_OUT', details: { items: 2, kind: 'chat' } } as const;
  const mailbox: MailSource = {
    ...source([folder('INBOX', told)], async function* () {}),
    listFolders: () => Promise.resolve({ folders: [folder('INBOX', told)], problems: [unreadable] }),
    items: {
      listFolders: () =>
        Promise.resolve({
          folders: [
            itemFolder('contact', 'Rubrica', 3),
            itemFolder('contact', 'Colleghi', 4),
            itemFolder('event', 'Calendario', 7),
            itemFolder('event', 'Ferie', null),
          ],
          problems: [leftOut],
        }),
      open: () => {
        throw new Error('a survey reads no item');
      },
    },
  };
  const surveys = new SurveyRegistry(clock);
  const id = surveys.start('anna', () => Promise.resolve(mailbox));
  await vi.waitFor(() => expect(surveys.read(id).phase).toBe('done'));
  expect(surveys.read(id).items).toEqual([
    { kind: 'contact', items: 7 },
    { kind: 'event', items: null },
  ]);
  expect(surveys.read(id).remarks).toEqual([unreadable, leftOut]);
});

test('a folder that cannot be opened, or does not tell sizes, stays uncounted; a lost line is followed by a new one', async () => {
  const lost = new Set(['Archivio']);
  const connections: MailSource[] = [];
  const connect = (): Promise<MailSource> => {
    const mailbox = source(
      [folder('Rotta', null), folder('Senza misure', null), folder('Archivio', null)],
      async function* (name) {
        await Promise.resolve();
        if (name === 'Rotta') throw new TravasoError('FOLDER_UNREADABLE');
        yield entries(5);
        if (lost.delete(name)) throw new TravasoError('CONNECTION_LOST');
        yield name === 'Senza misure' ? entries(null) : entries(5);
      },
    );
    connections.push(mailbox);
    return Promise.resolve(mailbox);
  };
  const surveys = new SurveyRegistry(clock);
  const id = surveys.start('anna', connect);
  await vi.waitFor(() => expect(surveys.read(id).phase).toBe('done'));
  expect(surveys.read(id).folders.map(({ messages, octets }) => [messages, octets])).toEqual([
    [null, null],
    [2, null],
    [2, 10],
  ]);
  expect(connections).toHaveLength(2);
});

test('a refused sign-in ends it with its reason; an id of another life of the process is unknown', async () => {
  const surveys = new SurveyRegistry(clock);
  const id = surveys.start('anna', () => Promise.reject(new TravasoError('SIGNIN_REFUSED', { host: 'old' })));
  await vi.waitFor(() => expect(surveys.read(id).phase).toBe('failed'));
  expect(surveys.read(id).problem).toEqual({ code: 'SIGNIN_REFUSED', details: { host: 'old' } });
  expect(() => surveys.read('0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b02')).toThrow(TravasoError);
});

test('closing the engine, and a new survey of the same account, stop the one at work', async () => {
  const stuck = (): Promise<MailSource> =>
    Promise.resolve(
      // eslint-disable-next-line require-yield -- a server that never answers
      source([folder('INBOX', null)], async function* (_name, signal) {
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new TravasoError('INTERRUPTED')));
        });
      }),
    );
  const surveys = new SurveyRegistry(clock);
  const first = surveys.start('anna', stuck);
  await vi.waitFor(() => expect(surveys.read(first).phase).toBe('counting'));
  const second = surveys.start('anna', stuck);
  await vi.waitFor(() => expect(surveys.read(first).phase).toBe('failed'));
  await vi.waitFor(() => expect(surveys.read(second).phase).toBe('counting'));
  await surveys.close();
  expect(surveys.read(second).phase).toBe('failed');
});
