import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { createMessagePages } from './message-pages.ts';
import type { MessagePages, PageOfRows } from './message-pages.ts';

interface Reader {
  readonly pages: MessagePages<number>;
  /** Offsets asked for so far. */
  readonly asked: readonly number[];
  /** Lets the oldest question that waits be answered, and what follows from it happen. */
  readonly answer: (error?: TravasoError) => Promise<void>;
}

/** A list of a million numbers, each row its own index, answered one page at a time. */
function reader(): Reader {
  const asked: number[] = [];
  const waiting: { offset: number; limit: number; settle: PromiseWithResolvers<PageOfRows<number>> }[] = [];
  const pages = createMessagePages<number>({
    pageSize: 100,
    read(offset, limit) {
      asked.push(offset);
      const settle = Promise.withResolvers<PageOfRows<number>>();
      waiting.push({ offset, limit, settle });
      return settle.promise;
    },
  });
  return {
    pages,
    asked,
    async answer(error) {
      const next = waiting.shift();
      if (next === undefined) throw new Error('nothing was asked');
      const { offset, limit, settle } = next;
      if (error !== undefined) settle.reject(error);
      else settle.resolve({ total: 1_000_000, rows: Array.from({ length: limit }, (_, index) => offset + index) });
      // All that follows are promises already settled: they are through before the next turn of the loop.
      await new Promise(resolve => setTimeout(resolve, 0));
    },
  };
}

test('rows in sight are read, and those that were read are not asked for again', async () => {
  const { pages, asked, answer } = reader();
  pages.want(0, 130);
  expect(pages.total()).toBeNull();
  await answer();
  await answer();
  expect([pages.total(), pages.row(0), pages.row(130), pages.row(200)]).toEqual([1_000_000, 0, 130, undefined]);
  pages.want(20, 160);
  expect(asked).toEqual([0, 100]);
});

test('a scroll bar that is dragged reads where it comes to rest, not what it passed', async () => {
  const { pages, asked, answer } = reader();
  for (let row = 0; row < 500_000; row += 1_000) pages.want(row, row + 20);
  expect(asked).toEqual([0, 1_000]);
  await answer();
  await answer();
  expect(asked).toEqual([0, 1_000, 499_000]);
  await answer();
  expect(pages.row(499_010)).toBe(499_010);
});

test('memory does not grow with what was looked at, and what is in sight is never let go', async () => {
  const { pages, asked, answer } = reader();
  for (let page = 0; page < 60; page += 1) {
    pages.want(page * 100, page * 100);
    await answer();
    expect(pages.row(page * 100)).toBe(page * 100);
  }
  expect(pages.row(0)).toBeUndefined();
  pages.want(0, 0);
  expect(asked.at(-1)).toBe(0);
});

test('a page that cannot be read stops the asking until it is asked for again', async () => {
  const { pages, asked, answer } = reader();
  pages.want(0, 0);
  await answer(new TravasoError('ARCHIVE_FOLDER_UNKNOWN'));
  expect(pages.problem()?.code).toBe('ARCHIVE_FOLDER_UNKNOWN');
  pages.want(200, 200);
  expect(asked).toEqual([0]);
  pages.retry();
  await answer();
  expect([pages.problem(), pages.row(200)]).toEqual([null, 200]);
});

test('a range is put together from pages that are here and pages that are not', async () => {
  const { pages, asked, answer } = reader();
  pages.want(100, 100);
  await answer();
  const between = pages.between(150, 250);
  await answer();
  expect(asked).toEqual([100, 200]);
  expect(await between).toEqual(Array.from({ length: 101 }, (_, index) => 150 + index));
});
