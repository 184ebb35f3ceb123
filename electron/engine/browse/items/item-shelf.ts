import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { ItemKind } from '../../../../shared/model/item.ts';
import type { ListReading } from '../../../../shared/model/item-view.ts';
import { prepared } from '../../archive/catalogue/prepared.ts';
import type { Clock } from '../../ports.ts';
import type { ReadingThread } from '../../read/reading-thread.ts';
import type { BrowsedFiles } from '../open-for-browsing.ts';
import type { ItemDigest } from './item-digest.ts';
import { itemOctets } from './stored-item.ts';

/** An item of a list: what the catalogue knows of it and, once it was read, what it says. */
export interface ShelvedItem {
  readonly folder: number;
  readonly number: number;
  readonly name: string;
  readonly file: string;
  readonly absent: boolean;
  /** Null: not yet read. */
  digest: ItemDigest | null;
}

export interface Shelf {
  readonly items: readonly ShelvedItem[];
  readonly reading: ListReading;
  /** Changes whenever anything in it does. */
  readonly state: string;
}

const rowSchema = z.object({
  folder_id: z.int(),
  number: z.int(),
  name: z.string(),
  file: z.string(),
  absent_since: z.string().nullable(),
});

interface KindShelf {
  version: number;
  items: ShelvedItem[];
  done: number;
  isReading: boolean;
}

/**
 * The items of one archive by kind, read one after the other while the lists already show their names. A hostile file
 * costs its own row: it is parsed on the reading thread, which gives it up when it takes too long.
 */
export class ItemShelves {
  private readonly files: BrowsedFiles;
  private readonly thread: ReadingThread;
  private readonly clock: Clock;
  private readonly shelves = new Map<ItemKind, KindShelf>();

  constructor(files: BrowsedFiles, thread: ReadingThread, clock: Clock) {
    this.files = files;
    this.thread = thread;
    this.clock = clock;
  }

  /** What is there now. Whatever is not read yet is being read from here on. */
  shelf(kind: ItemKind): Shelf {
    const known = this.shelves.get(kind);
    const version = Number(this.db.pragma('data_version', { simple: true }));
    const shelf = known?.version === version ? known : this.listAnew(kind, version, known);
    if (!shelf.isReading && shelf.done < shelf.items.length) void this.read(kind, shelf);
    const { items, done } = shelf;
    return { items, reading: { done, total: items.length }, state: `${version} ${done}` };
  }

  private get db(): Database {
    return this.files.catalogue.db;
  }

  private listAnew(kind: ItemKind, version: number, known: KindShelf | undefined): KindShelf {
    const read = new Map((known?.items ?? []).map(item => [`${item.folder}/${item.number}`, item.digest]));
    const items = z
      .array(rowSchema)
      .parse(
        prepared(
          this.db,
          `SELECT i.folder_id, i.number, i.name, i.file, i.absent_since FROM items i
             JOIN item_folders f ON f.id = i.folder_id
             WHERE f.kind = ? AND i.superseded = 0 ORDER BY i.folder_id, i.number`,
        ).all(kind),
      )
      .map(({ folder_id: folder, number, name, file, absent_since: absentSince }): ShelvedItem => ({
        ...{ folder, number, name, file, absent: absentSince !== null },
        digest: read.get(`${folder}/${number}`) ?? null,
      }));
    const done = items.filter(({ digest }) => digest !== null).length;
    const shelf = { version, items, done, isReading: false };
    this.shelves.set(kind, shelf);
    return shelf;
  }

  /** Ends with the archive, with the engine, and when the list was made anew. */
  private async read(kind: ItemKind, shelf: KindShelf): Promise<void> {
    shelf.isReading = true;
    const now = this.clock.now();
    for (const item of shelf.items) {
      if (!this.db.open || this.shelves.get(kind) !== shelf) return;
      if (item.digest !== null) continue;
      item.digest = await this.digest(kind, item, now);
      shelf.done += 1;
    }
    shelf.isReading = false;
  }

  private async digest(kind: ItemKind, item: ShelvedItem, now: Date): Promise<ItemDigest> {
    try {
      const octets = await itemOctets(this.files, item);
      return octets === null ? { kind: 'unreadable' } : await this.thread.digest(octets, kind, now);
    } catch {
      // Its file is gone, or the engine ends: the check of the archive names the first.
      return { kind: 'unreadable' };
    }
  }
}
