import { TravasoError } from '../../../../shared/errors.ts';
import { displayPath } from '../../../../shared/model/folder.ts';
import { fileMark } from '../files/file-tree.ts';
import type { FileTree, TreeFile } from '../files/file-tree.ts';
import { indexedSource } from '../files/indexed-source.ts';
import type { FolderIndex } from '../files/indexed-source.ts';
import { nameFolders } from '../files/name-folders.ts';
import { filesMark } from '../files/read-message-file.ts';
import type { FetchedMessage, MailSource } from '../mail-source.ts';
import { exportItems } from './export-items.ts';
import { ExportReader } from './export-reader.ts';
import type { ExportPart } from './export-reader.ts';
import { ExportIndex } from './index-export.ts';
import type { ExportedMessage } from './index-export.ts';
import { openTarStream } from './tar-stream.ts';
import { inExportOrder, treeStream } from './tree-stream.ts';

/** More than any mailbox holds; a directory of them costs memory, which is what a hostile one is made for. */
const mostEntries = 5_000_000;

/**
 * Exports of Zimbra and Carbonio (`fmt=tgz`): one file, or a folder of files where a large mailbox was exported in
 * parts. Nothing in it is ever a file name on the disk: one pass learns what is there, and the messages are read going
 * forward (`ExportReader`).
 */
export function zimbraTgzSource(tree: FileTree, account: string): MailSource {
  let reader: ExportReader | null = null;
  let known: { readonly index: ExportIndex; readonly mark: string } | null = null;
  const mail = indexedSource<ExportedMessage>({
    account,
    index: async signal => {
      await reader?.close();
      const listing = await tree.list(signal);
      const parts = partsOf(tree, listing.files);
      const index = await indexParts(parts, tree.name, signal);
      const bodies = index.items.flatMap(({ body }) => (body === null ? [] : [body]));
      reader = new ExportReader(parts, [...[...index.folders.values()].flatMap(({ messages }) => messages), ...bodies]);
      known = { index, mark: parts.map(({ mark }) => mark).join(' ') };
      return {
        folders: foldersOf(index, known.mark),
        problems: [...listing.problems, ...index.problems],
      };
    },
    read: async function* (folder, messages, signal) {
      for (const message of messages) {
        const pieces = (await reader?.body(message, signal)) ?? null;
        if (pieces === null) continue;
        const body = bodyOf(pieces, message, displayPath(folder.path), signal);
        yield { key: message.key, body } satisfies FetchedMessage;
      }
    },
    close: async () => {
      await reader?.close();
      await tree.close();
    },
  });
  const items = exportItems({
    items: async signal => {
      if (known === null) await mail.listFolders(signal);
      return known?.index.items ?? [];
    },
    body: (place, signal) => reader?.body(place, signal) ?? Promise.resolve(null),
    changeMark: () => known?.mark ?? '',
  });
  return { ...mail, items };
}

function partsOf(tree: FileTree, files: readonly TreeFile[]): readonly ExportPart[] {
  const tars = tree.isFile ? files : files.filter(({ path }) => /\.(?:tgz|tar|tar\.gz)$/i.test(path.at(-1) ?? ''));
  if (tars.length > 0) {
    return tars.map(file => ({ name: file.path.join('/'), mark: fileMark(file), open: () => openTarStream(file) }));
  }
  if (!files.some(({ path }) => /\.(?:eml|meta)$/i.test(path.at(-1) ?? ''))) {
    throw new TravasoError('INPUT_FILE_WRONG_KIND', { file: tree.name, expected: 'tgz' });
  }
  const ordered = inExportOrder(files);
  return [{ name: tree.name, mark: filesMark(files), open: () => Promise.resolve(treeStream(ordered)) }];
}

async function indexParts(parts: readonly ExportPart[], name: string, signal: AbortSignal): Promise<ExportIndex> {
  const index = new ExportIndex();
  for (const [number, part] of parts.entries()) {
    const stream = await part.open();
    try {
      await index.add(stream, number, part.name, signal);
    } finally {
      await stream.close();
    }
    if (index.entries > mostEntries)
      throw new TravasoError('INPUT_FILE_INVALID', { file: name, reason: 'too-many-entries' });
  }
  index.finish(name);
  if (index.entries === 0) throw new TravasoError('INPUT_FILE_WRONG_KIND', { file: name, expected: 'tgz' });
  return index;
}

function foldersOf(index: ExportIndex, changeMark: string): FolderIndex<ExportedMessage>['folders'] {
  const folders = [...index.folders.values()];
  const named = nameFolders(folders.map(({ path }) => path));
  return folders.flatMap(({ messages }, position) => {
    const folder = named[position];
    if (folder === undefined) return [];
    return [
      {
        ...folder,
        changeMark,
        count: messages.length,
        octets: messages.reduce((sum, { announcedSize }) => sum + (announcedSize ?? 0), 0),
        load: () => Promise.resolve(messages),
      },
    ];
  });
}

async function* bodyOf(
  pieces: AsyncIterable<Buffer>,
  { announcedSize }: ExportedMessage,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let octets = 0;
  for await (const piece of pieces) {
    signal.throwIfAborted();
    octets += piece.length;
    yield piece;
  }
  if (octets === 0 && announcedSize !== 0) throw new TravasoError('MESSAGE_UNREADABLE', { folder, reason: 'cut-off' });
}
