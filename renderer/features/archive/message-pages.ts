import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';

export interface PageOfRows<R> {
  /** Of the whole list. */
  readonly total: number;
  readonly rows: readonly R[];
}

export interface MessagePagesOptions<R> {
  readonly pageSize: number;
  readonly read: (offset: number, limit: number) => Promise<PageOfRows<R>>;
}

/** A long list of which the page holds what is looked at. */
export interface MessagePages<R> {
  /** Null until the first answer. */
  readonly total: () => number | null;
  /** Why the last page asked for did not come; `retry` asks again. */
  readonly problem: () => Problem | null;
  readonly row: (index: number) => R | undefined;
  /** Says which rows are in sight. What was asked for before and is no longer wanted is not read. */
  readonly want: (first: number, last: number) => void;
  /** Rows from `first` to `last`, read where they are not here. @throws TravasoError */
  readonly between: (first: number, last: number) => Promise<readonly R[]>;
  readonly retry: () => void;
  /** Reads what is in sight again, and forgets the rest: the list knows more than it did. */
  readonly refresh: () => void;
  /** Changes with every answer. */
  readonly version: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Forty screens of a hundred rows: a few megabytes at most, whatever the archive holds. */
const keptPages = 40;
/** A scroll bar that is dragged passes by thousands of pages; two at a time leave the engine free for the last one. */
const readAtOnce = 2;

export function createMessagePages<R>({ pageSize, read }: MessagePagesOptions<R>): MessagePages<R> {
  const pages = new Map<number, readonly R[]>();
  const reading = new Set<number>();
  const outdated = new Set<number>();
  const listeners = new Set<() => void>();
  let wanted: readonly number[] = [0];
  let total: number | null = null;
  let problem: Problem | null = null;
  let version = 0;

  function changed(): void {
    version += 1;
    for (const listener of listeners) listener();
  }

  function keep(page: number, { total: of, rows }: PageOfRows<R>): void {
    total = of;
    problem = null;
    pages.delete(page);
    pages.set(page, rows);
    for (const oldest of pages.keys()) {
      if (pages.size <= keptPages) break;
      if (!wanted.includes(oldest)) pages.delete(oldest);
    }
  }

  function readWanted(): void {
    for (const page of wanted) {
      if (reading.size >= readAtOnce || problem !== null) return;
      if ((pages.has(page) && !outdated.has(page)) || reading.has(page)) continue;
      outdated.delete(page);
      reading.add(page);
      void read(page * pageSize, pageSize)
        .then(
          answer => keep(page, answer),
          (error: unknown) => {
            problem = problemOf(error);
          },
        )
        .then(() => {
          reading.delete(page);
          changed();
          readWanted();
        });
    }
  }

  return {
    total: () => total,
    problem: () => problem,
    row: index => pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    version: () => version,
    want(first, last) {
      const from = Math.max(0, Math.floor(first / pageSize));
      const to = Math.max(from, Math.floor(last / pageSize));
      wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      readWanted();
    },
    async between(first, last) {
      const rows: R[] = [];
      for (let at = first; at <= last; at = (Math.floor(at / pageSize) + 1) * pageSize) {
        const page = Math.floor(at / pageSize);
        const here = pages.get(page) ?? (await read(page * pageSize, pageSize)).rows;
        rows.push(...here.slice(at % pageSize, last - page * pageSize + 1));
      }
      return rows;
    },
    retry() {
      problem = null;
      changed();
      readWanted();
    },
    refresh() {
      for (const page of [...pages.keys()]) {
        if (wanted.includes(page)) outdated.add(page);
        else pages.delete(page);
      }
      readWanted();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
