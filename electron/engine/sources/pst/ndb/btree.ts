import { damaged, reasonOf } from '../damage.ts';
import type { Faults } from '../damage.ts';
import type { FileFormat } from './file-format.ts';
import type { FileReader } from './file-reader.ts';
import type { PageReference } from './header.ts';
import { readBTreePage } from './page.ts';
import type { BTreePage, BTreeType } from './page.ts';
import { readWord } from './words.ts';

/** The octets of one entry of a leaf page. */
export type LeafEntry = Buffer;

/** A stretch of keys whose page could not be read: from `first` up to but not including `end`. */
export interface LostRange {
  readonly first: number;
  readonly end: number;
}

export interface BTree {
  /** The entry with this key, or null when the tree has none. Throws damage when a page on the way is unreadable. */
  find(key: number, faults: Faults): LeafEntry | null;
  /** Every entry in key order. Unreadable pages are handed to `onLost` and passed over. */
  entries(faults: Faults, onLost: (range: LostRange) => void): Generator<LeafEntry>;
}

const pagesKept = 2048;

/** [MS-PST] 2.2.2.7.7: block and node B-tree alike. Levels must fall by one from page to page, so no cycle can hold. */
export function openBTree(reader: FileReader, format: FileFormat, type: BTreeType, root: PageReference): BTree {
  const pages = new Map<number, BTreePage>();

  function pageAt(offset: number, faults: Faults): BTreePage {
    const known = pages.get(offset);
    if (known !== undefined) {
      if (!known.sound) faults.note('page-checksum');
      return known;
    }
    const page = readBTreePage(reader, format, type, offset, faults);
    if (pages.size >= pagesKept) pages.clear();
    pages.set(offset, page);
    return page;
  }

  const keyOf = (page: BTreePage, index: number): number => page.keys[index] ?? Number.NaN;
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

  function* walk(
    page: BTreePage,
    range: LostRange,
    walked: Set<number>,
    faults: Faults,
    onLost: (range: LostRange) => void,
  ): Generator<LeafEntry> {
    for (let index = 0; index < page.count; index++) {
      if (page.level === 0) {
        yield page.octets.subarray(index * page.entryBytes, (index + 1) * page.entryBytes);
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
      let page = pageAt(root.offset, faults);
      while (page.level > 0) {
        const index = position(page, key);
        if (index < 0) return null;
        page = childPage(page, index, faults);
      }
      const index = position(page, key);
      if (index < 0 || keyOf(page, index) !== key) return null;
      return page.octets.subarray(index * page.entryBytes, (index + 1) * page.entryBytes);
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
