import { elementScroll, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import type { VirtualItem } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { RefObject } from 'react';

interface LongListOptions {
  /** The element that scrolls. */
  readonly box: RefObject<HTMLDivElement>;
  readonly count: number;
  /** Height of every row, in rem. */
  readonly rowRem: number;
  /** A row that stays in the page even when it is out of sight. */
  readonly always: number;
}

export interface LongList {
  /** Within the element that scrolls: what stays at the top while the rows pass beneath. */
  readonly head: RefObject<HTMLDivElement>;
  readonly items: readonly VirtualItem[];
  /** Pixels of the element that holds the rows. */
  readonly height: number;
  /** Pixels from its top to a row. */
  readonly topOf: (item: VirtualItem) => number;
  /** How many whole rows are in sight. */
  readonly rowsInSight: () => number;
  /** Scrolls no further than needed for a row to be in sight. */
  readonly show: (index: number) => void;
  readonly toTop: () => void;
}

/**
 * Chromium lays out in 64ths of a device pixel in 32 bits, so that nothing can be taller than 33,554,431 of them; half
 * the rows of a long list would lie on top of each other at its end.
 */
const tallestDevicePixels = 32_000_000;

/**
 * Rows of one height, of which those in sight are in the page. A list that would be taller than the browser can lay out
 * is squeezed: its scroll bar goes from the first row to the last all the same, and each pixel of it stands for more.
 */
export function useLongList({ box, count, rowRem, always }: LongListOptions): LongList {
  const head = useRef<HTMLDivElement>(null);
  const row = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const whole = count * row;
  const height = Math.min(whole, tallestDevicePixels / Math.max(1, window.devicePixelRatio));

  function squeeze(): number {
    const inSight = sightOf(box.current, head.current);
    return height >= whole || height <= inSight ? 1 : (whole - inSight) / (height - inSight);
  }
  const latest = useRef(squeeze);
  latest.current = squeeze;

  const virtual = useVirtualizer<HTMLDivElement, HTMLElement>({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => row,
    overscan: 6,
    observeElementOffset: (instance, say) =>
      observeElementOffset(instance, (offset, isScrolling) => say(offset * latest.current(), isScrolling)),
    scrollToFn: (offset, options, instance) => elementScroll(offset / latest.current(), options, instance),
    rangeExtractor: ({ startIndex, endIndex, overscan }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
      return always < 0 || always >= count || (always >= from && always <= to)
        ? shown
        : [...shown, always].sort((a, b) => a - b);
    },
  });

  function scrollTo(offset: number): void {
    if (box.current !== null) box.current.scrollTop = offset / squeeze();
  }
  return {
    head,
    items: virtual.getVirtualItems(),
    height,
    topOf({ index }) {
      // Worked out from the index rather than from what was measured: no row is of another height.
      const offset = virtual.scrollOffset ?? 0;
      const top = index * row - offset + offset / squeeze();
      return Math.max(0, Math.min(height - row, top));
    },
    rowsInSight: () => Math.max(1, Math.floor(sightOf(box.current, head.current) / row)),
    show(index) {
      const inSight = sightOf(box.current, head.current);
      const offset = (box.current?.scrollTop ?? 0) * squeeze();
      const top = index * row;
      if (top < offset) scrollTo(top);
      else if (top + row > offset + inSight) scrollTo(top + row - inSight);
    },
    toTop: () => scrollTo(0),
  };
}

function sightOf(box: HTMLElement | null, head: HTMLElement | null): number {
  return (box?.clientHeight ?? 0) - (head?.offsetHeight ?? 0);
}
