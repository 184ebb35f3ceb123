import { TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { FolderPath, FolderRole } from '../../../shared/model/folder.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import type { SystemFlag } from '../../../shared/model/message.ts';
import type { FetchedMessage, MailSource, SourceFolder } from '../sources/mail-source.ts';

export interface ScriptedMessage {
  readonly key: string;
  readonly octets: string;
  readonly internalDate?: string | null;
  readonly flags?: readonly SystemFlag[];
  readonly keywords?: readonly string[];
  /** What the source claims; the truth when left out. */
  readonly announcedSize?: number | null;
  /** `unreadable`: the server refuses it; `breaks`: the line dies within it; `vanishes`: counted, then not there. */
  readonly trouble?: 'unreadable' | 'breaks' | 'vanishes';
}

export interface ScriptedFolder {
  readonly path: FolderPath;
  readonly role?: FolderRole;
  readonly selectable?: boolean;
  readonly generation?: string;
  readonly changeMark?: string;
  readonly messages: readonly ScriptedMessage[];
  /** Throws instead of opening, each time. */
  readonly closed?: Problem['code'];
  /** The line dies after the first batch of the inventory, each time. */
  readonly inventoryBreaks?: boolean;
}

export interface SourceScript {
  folders: readonly ScriptedFolder[];
  problems?: readonly Problem[];
  /** Called before each message is handed over. */
  onFetch?: (key: string) => void;
}

export interface ScriptedSource {
  readonly connect: () => Promise<MailSource>;
  readonly connections: number;
  /** Keys of the messages whose octets were handed over whole, as `folder/key`. */
  readonly fetched: readonly string[];
}

/** A mailbox in memory that behaves as its script says; the script may be changed between two runs. */
export function scriptedSource(script: SourceScript): ScriptedSource {
  const state = { connections: 0, fetched: [] as string[] };
  return {
    get connections() {
      return state.connections;
    },
    fetched: state.fetched,
    connect: () => {
      state.connections += 1;
      return Promise.resolve(openSource(script, state.fetched));
    },
  };
}

function openSource(script: SourceScript, fetched: string[]): MailSource {
  return {
    account: 'imap://anna@old',
    listFolders: () => Promise.resolve({ folders: script.folders.map(sourceFolder), problems: script.problems ?? [] }),
    openFolder: ({ path }) => {
      const folder = script.folders.find(each => folderKey(each.path) === folderKey(path));
      if (folder === undefined) return Promise.reject(new TravasoError('FOLDER_VANISHED', {}));
      if (folder.closed !== undefined) return Promise.reject(new TravasoError(folder.closed, {}));
      const { messages } = folder;
      return Promise.resolve({
        generation: folder.generation ?? '1',
        messages: messages.length,
        changeMark: folder.changeMark ?? null,
        async *inventory() {
          for (const { key, octets, announcedSize, internalDate, flags = [], keywords = [] } of messages) {
            const size = announcedSize === undefined ? Buffer.byteLength(octets, 'latin1') : announcedSize;
            const date = internalDate === undefined ? '2019-03-04T09:15:00+01:00' : internalDate;
            yield await Promise.resolve([{ key, announcedSize: size, internalDate: date, flags, keywords }]);
            if (folder.inventoryBreaks === true) throw new TravasoError('CONNECTION_LOST', {});
          }
        },
        async *fetch(keys, signal) {
          for (const message of messages) {
            if (!keys.includes(message.key) || message.trouble === 'vanishes') continue;
            script.onFetch?.(message.key);
            signal.throwIfAborted();
            yield await Promise.resolve(fetchedMessage(message));
            fetched.push(`${path.join('/')}/${message.key}`);
          }
        },
      });
    },
    close: () => Promise.resolve(),
  };
}

function fetchedMessage({ key, octets, trouble }: ScriptedMessage): FetchedMessage {
  return {
    key,
    body: (async function* () {
      if (trouble === 'unreadable') throw new TravasoError('MESSAGE_UNREADABLE', {});
      const whole = Buffer.from(octets, 'latin1');
      // In two pieces, so that what is taken back after a broken line is more than nothing.
      yield await Promise.resolve(whole.subarray(0, whole.length / 2));
      if (trouble === 'breaks') throw new TravasoError('CONNECTION_LOST', {});
      yield whole.subarray(whole.length / 2);
    })(),
  };
}

function sourceFolder({ path, role, selectable = true, changeMark, messages }: ScriptedFolder): SourceFolder {
  return {
    path,
    role: role ?? null,
    sourceName: path.join('/'),
    separator: '/',
    subscribed: true,
    selectable,
    status: selectable ? { messages: messages.length, bytes: null, changeMark: changeMark ?? null } : null,
  };
}
