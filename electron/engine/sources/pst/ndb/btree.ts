import { damaged, reasonOf } from '../damage.ts';
import type { Faults } from '../damage.ts';
import type { FileFormat } from './file-format.ts';
import type { FileReader } from './file-reader.ts';
import type { PageReference } from './header.ts';
import { readBTreePage } from './page.ts';
import type { BTreePage, BTreeType } from './page.ts';
import { Slab } from './slab.ts';
import { readWord } from './words.ts';

/** Makes of one entry of a leaf page, where it lies, what is asked for. */
export type ReadEntry<T> = (octets: Buffer, at: number) => T;

/** A stretch of keys whose page could not be read: from `first` up to but not including `end`. */
export interface LostRange {
  readonly first: number;
  readonly end: number;
}

export interface BTree<T> {
  /** The entry with this key, or null when the tree has none. Throws damage when a page on the way is unreadable. */
  find(key: number, faults: Faults): T | null;
  /** Whether all pages on the way of the last `find` had their checksum: what it noted, the next one notes again. */
  readonly wasSound: boolean;
  /** Every entry in key order. Unreadable pages are handed to `onLost` and passed over. */
  entries(faults: Faults, onLost: (range: LostRange) => void): Generator<T>;
}

/** Pages in memory, in octets. A mailbox of 20,000 messages has some 5,000 pages of 512. */
const keptBytes = 4 * 1024 * 1024;

/** [MS-PST] 2.2.2.7.7: block and node B-tree alike. Levels must fall by one from page to page, so no cycle can hold. */
export function openBTree<T>(
  reader: FileReader,
  format: FileFormat,
  type: BTreeType,
  root: PageReference,
  readEntry: ReadEntry<T>,
): BTree<T> {
  const pages = new Map<number, BTreePage>();
  const slab = new Slab();
  /** The leaf that was looked into last, if it and all pages above it are sound: most keys asked for are neighbours. */
  let last: { readonly page: BTreePage; readonly first: number; readonly end: number } | null = null;

  let wasSound = true;

  function pageAt(offset: number, faults: Faults): BTreePage {
    let page = pages.get(offset);
    if (page === undefined) {
      page = readBTreePage(reader, format, type, offset, slab);
      if ((pages.size + 1) * format.pageBytes > keptBytes) pages.clear();
      pages.set(offset, page);
    }
    if (!page.sound) faults.note('page-checksum');
    return page;
  }

  const keyOf = (page: BTreePage, index: number): number => readWord(page.octets, index * page.entryBytes, format);
  const childOf = (page: BTreePage, index: number): number =>
    readWord(page.octets, index * page.entryBytes + 2 * format.wordBytes, format);

  function childPage(parent: BTreePage, index: number, faults: Faults): BTreePage {
    const child = pageAt(childOf(parent, index), faults);
    if (child.level !== parent.level - 1) throw damaged('page-malformed');
    return child;
  }

  /** The last entry whose key is not above `key`, or -1. */
  function position(page: BTreePage, key: number): number {
    let low = 0;
    let high = page.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keyOf(page, middle) <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function entryIn(page: BTreePage, key: number): T | null {
    const index = position(page, key);
    return index < 0 || keyOf(page, index) !== key ? null : readEntry(page.octets, index * page.entryBytes);
  }

  function* walk(
    page: BTreePage,
    range: LostRange,
    walked: Set<number>,
    faults: Faults,
    onLost: (range: LostRange) => void,
  ): Generator<T> {
    for (let index = 0; index < page.count; index++) {
      if (page.level === 0) {
        yield readEntry(page.octets, index * page.entryBytes);
        continue;
      }
      const first = keyOf(page, index);
      const own = { first, end: index + 1 < page.count ? keyOf(page, index + 1) : range.end };
      let child: BTreePage;
      try {
        // Levels alone bound the depth, not the breadth: a page named twenty times on each of 16 levels never ends.
        if (walked.has(childOf(page, index))) throw damaged('cycle');
        walked.add(childOf(page, index));
        child = childPage(page, index, faults);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === null) throw error;
        faults.note(reason);
        onLost(own);
        continue;
      }
      yield* walk(child, own, walked, faults, onLost);
    }
  }

  return {
    find(key, faults) {
      wasSound = true;
      if (last !== null && key >= last.first && key < last.end) return entryIn(last.page, key);
      let page = pageAt(root.offset, faults);
      wasSound = page.sound;
      let [first, end] = [0, Number.POSITIVE_INFINITY];
      while (page.level > 0) {
        const index = position(page, key);
        if (index < 0) return null;
        first = Math.max(first, keyOf(page, index));
        if (index + 1 < page.count) end = Math.min(end, keyOf(page, index + 1));
        page = childPage(page, index, faults);
        wasSound &&= page.sound;
      }
      if (wasSound) last = { page, first, end };
      return entryIn(page, key);
    },

    get wasSound() {
      return wasSound;
    },

    *entries(faults, onLost) {
      const all = { first: 0, end: Number.POSITIVE_INFINITY };
      let top: BTreePage;
      try {
        top = pageAt(root.offset, faults);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === null) throw error;
        faults.note(reason);
        onLost(all);
        return;
      }
      yield* walk(top, all, new Set(), faults, onLost);
    },
  };
}
