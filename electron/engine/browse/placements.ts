import type { Database } from 'better-sqlite3';
import type { MessageSort } from '../../../shared/model/message-list.ts';

/**
 * Where every message is and what it is sorted by, in memory: 300,000 messages take 9 MB, any page of any list is there
 * at once, and a search result is sorted by passing over the order. Messages are numbered from 1 here; in the index that
 * number is its id.
 */
export class Placements {
  /** Of messages 1 to `count`; place 0 is not used. */
  private readonly folders: number[] = [0];
  private readonly numbers: number[] = [0];
  private readonly dates: number[] = [0];
  private readonly sizes: number[] = [0];
  private readonly orders = new Map<MessageSort, Uint32Array>();

  get count(): number {
    return this.folders.length - 1;
  }

  /** @param date seconds since 1970; null comes before all others */
  add(folderId: number, number: number, date: number | null, size: number): void {
    this.folders.push(folderId);
    this.numbers.push(number);
    this.dates.push(date ?? Number.MIN_SAFE_INTEGER);
    this.sizes.push(size);
    this.orders.clear();
  }

  folderOf(id: number): number {
    return this.folders[id] ?? 0;
  }
  numberOf(id: number): number {
    return this.numbers[id] ?? 0;
  }
  dateOf(id: number): number | null {
    const date = this.dates[id] ?? Number.MIN_SAFE_INTEGER;
    return date === Number.MIN_SAFE_INTEGER ? null : date;
  }

  /** All messages in ascending order. @param sorted ids by sender or subject, from the index that knows them */
  order(sort: MessageSort, sorted: () => Uint32Array): Uint32Array {
    let order = this.orders.get(sort);
    if (order === undefined) {
      order = sort === 'date' ? byValue(this.dates) : sort === 'size' ? byValue(this.sizes) : sorted();
      this.orders.set(sort, order);
    }
    return order;
  }
}

/** Equal ones stay in the order they were archived in. */
function byValue(values: readonly number[]): Uint32Array {
  const ids = Uint32Array.from({ length: values.length - 1 }, (_, index) => index + 1);
  return ids.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
}

/** Takes in what the index has gained since. Ids there grow without gaps. */
export function addFromIndex(placements: Placements, index: Database): void {
  const rows = index
    .prepare('SELECT folder_id, number, date, size FROM places WHERE id > ? ORDER BY id')
    .raw()
    .iterate(placements.count) as IterableIterator<[number, number, number | null, number]>;
  for (const [folderId, number, date, size] of rows) placements.add(folderId, number, date, size);
}

/** Without an index: what the catalogue knows, which is when a message arrived. */
export function placementsOf(catalogue: Database): Placements {
  const placements = new Placements();
  const rows = catalogue
    .prepare('SELECT folder_id, number, unixepoch(internal_date), size FROM messages ORDER BY folder_id, number')
    .raw()
    .all() as [number, number, number | null, number][];
  for (const [folderId, number, date, size] of rows) placements.add(folderId, number, date, size);
  return placements;
}
