/* eslint-disable @typescript-eslint/require-await -- sources are asynchronous; what a PST holds is read at once */
import { TravasoError } from '../../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../../shared/model/folder.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import type { ItemContent, ItemSource, SourceItem, SourceItemFolder } from '../item-source.ts';
import { collectFaults, reasonOf } from './damage.ts';
import type { SortedItems } from './item-kinds.ts';
import { renderItem } from './items/render-item.ts';
import type { PstFolder } from './messaging/folders.ts';
import type { PstFile } from './pst-file.ts';

/** What each of Outlook's items becomes: a distribution list is a group of contacts, a journal entry a VJOURNAL. */
const kinds: Readonly<Record<SortedItems['other'][number]['kind'], ItemKind>> = {
  contact: 'contact',
  'distribution-list': 'contact',
  appointment: 'event',
  journal: 'event',
  task: 'task',
  note: 'note',
};

/** The contacts, appointments, tasks and notes of a PST: rendered one by one when they are asked for. */
export function pstItems(file: PstFile, itemsOf: (folder: PstFolder, signal: AbortSignal) => SortedItems): ItemSource {
  const byPath = new Map(file.folders.map(folder => [folderKey(folder.path), folder]));

  async function* open({ kind, path }: SourceItemFolder, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const folder = byPath.get(folderKey(path));
    if (folder === undefined) throw new TravasoError('FOLDER_VANISHED', { folder: displayPath(path) });
    for (const item of itemsOf(folder, signal).other) {
      signal.throwIfAborted();
      if (kinds[item.kind] !== kind) continue;
      yield { key: String(item.nid), mark: null, read: () => readItem(file, item.nid, { kind, path }) };
    }
  }

  return {
    open,
    async listFolders(signal) {
      const folders: SourceItemFolder[] = [];
      for (const folder of file.folders) {
        const counts = new Map<ItemKind, number>();
        for (const item of itemsOf(folder, signal).other) {
          counts.set(kinds[item.kind], (counts.get(kinds[item.kind]) ?? 0) + 1);
        }
        for (const [kind, items] of counts) {
          folders.push({ kind, path: folder.path, items, changeMark: file.changeMark });
        }
      }
      return { folders, problems: [] };
    },
  };
}

async function readItem(
  file: PstFile,
  nid: number,
  { kind, path }: Pick<SourceItemFolder, 'kind' | 'path'>,
): Promise<ItemContent> {
  const faults = collectFaults();
  const details = { folder: displayPath(path), kind, item: nid };
  try {
    const { title, extension, mediaType, octets } = renderItem(file.item(nid, faults), file.names);
    const [reason] = faults.reasons;
    return {
      name: title,
      extension,
      mediaType,
      octets: once(octets),
      problem: reason === undefined ? null : { code: 'ITEM_INCOMPLETE', details: { ...details, name: title, reason } },
    };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    throw new TravasoError('ITEM_UNREADABLE', { ...details, reason }, { cause: error });
  }
}

async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield octets;
}
