import { platform } from 'node:os';
import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { ItemCard } from '../../../shared/model/item-view.ts';
import { agendaOf } from '../browse/items/agenda.ts';
import { ItemLists } from '../browse/items/item-lists.ts';
import { ItemShelves } from '../browse/items/item-shelf.ts';
import { OtherItems } from '../browse/items/other-items.ts';
import { itemOctets, provenItem, storedItem } from '../browse/items/stored-item.ts';
import type { StoredItem } from '../browse/items/stored-item.ts';
import type { BrowsedArchive } from '../browse/browsed-archive.ts';
import type { BrowsedArchives } from '../browse/browsed-archives.ts';
import type { Ports } from '../ports.ts';
import { markOfTheWeb } from '../read/mark-of-the-web.ts';
import type { ReadingThread } from '../read/reading-thread.ts';
import { safeFileName } from '../../../shared/safe-file-name.ts';
import { saveNewFile } from '../read/save-new-file.ts';

type ItemApi = Pick<
  Api,
  'items.contacts' | 'items.agenda' | 'items.tasks' | 'items.others' | 'item.read' | 'item.save' | 'item.savePart'
>;

interface Held {
  readonly shelves: ItemShelves;
  readonly lists: ItemLists;
  readonly others: OtherItems;
}

/** Looking at what an archive holds beside mail. */
export function itemApi(
  archives: BrowsedArchives,
  thread: ReadingThread,
  { clock, log, markFromInternet = path => markOfTheWeb(path, platform(), clock.now()) }: Ports,
): ItemApi {
  const held = new WeakMap<BrowsedArchive, Held>();
  const of = (browsed: BrowsedArchive): Held => {
    const known = held.get(browsed);
    if (known !== undefined) return known;
    const made = {
      shelves: new ItemShelves(browsed.files, thread, clock),
      lists: new ItemLists(),
      others: new OtherItems(),
    };
    held.set(browsed, made);
    return made;
  };
  const mark = async (path: string): Promise<void> => {
    await markFromInternet(path).catch(() => log.warn('mark-of-the-web.not-kept'));
  };
  return {
    'items.contacts': ({ archive, ...wish }) =>
      archives.use(archive, browsed => of(browsed).lists.contacts(of(browsed).shelves.shelf('contact'), wish)),
    'items.agenda': ({ archive, ...wish }) =>
      archives.use(archive, browsed => agendaOf(of(browsed).shelves.shelf('event'), wish)),
    'items.tasks': ({ archive, ...wish }) =>
      archives.use(archive, browsed => of(browsed).lists.tasks(of(browsed).shelves.shelf('task'), wish)),
    'items.others': ({ archive, ...wish }) =>
      archives.use(archive, browsed => of(browsed).others.list(browsed.files.catalogue.db, wish)),
    'item.read': ({ archive, folder, number }) =>
      archives.use(archive, async browsed => {
        const stored = storedItem(browsed.files, folder, number);
        const { kind } = stored.folder;
        const { name, mediaType, size, sha256, absentSince } = stored.item;
        return {
          ...{ folder, number, kind, name, mediaType, size, sha256, absent: absentSince !== null },
          fileName: fileNameOf(stored),
          card: await cardOf(browsed, thread, stored),
        };
      }),
    'item.save': ({ archive, folder, number, to }) =>
      archives.use(archive, async ({ files }) => ({
        written: await saveNewFile(resolve(to), provenItem(files, storedItem(files, folder, number)), mark),
      })),
    'item.savePart': ({ archive, folder, number, part, to }) =>
      archives.use(archive, async ({ files }) => {
        const octets = await itemOctets(files, storedItem(files, folder, number).item);
        if (octets === null) throw new TravasoError('MESSAGE_PART_UNREADABLE');
        return { written: await saveNewFile(resolve(to), [await thread.attachment(octets, part)], mark) };
      }),
  };
}

async function cardOf(
  { files }: BrowsedArchive,
  thread: ReadingThread,
  { folder, item }: StoredItem,
): Promise<ItemCard> {
  const octets = await itemOctets(files, item);
  if (octets === null) return { kind: 'unreadable', why: 'too-large' };
  return await thread.item(octets, { kind: folder.kind, mediaType: item.mediaType, file: item.file });
}

/** The name the source gave it, with the ending that the archive's own file has. */
function fileNameOf({ folder, item }: StoredItem): string {
  const ending = /\.[a-z0-9]+$/.exec(item.file)?.[0] ?? '';
  const name = safeFileName(item.name, folder.kind);
  return name.toLowerCase().endsWith(ending) ? name : `${name}${ending}`;
}
