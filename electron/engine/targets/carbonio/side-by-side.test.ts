import { expect, test } from 'vitest';
import { sideBySide } from './side-by-side.ts';

/** Work whose every step is done when the test says so. */
function workbench(): {
  work: (item: number) => Promise<number>;
  end: (item: number, error?: Error) => void;
  begun: number[];
} {
  const ends = new Map<number, PromiseWithResolvers<number>>();
  const begun: number[] = [];
  return {
    begun,
    work: item => {
      begun.push(item);
      const ending = Promise.withResolvers<number>();
      ends.set(item, ending);
      return ending.promise;
    },
    end: (item, error) => {
      if (error === undefined) ends.get(item)?.resolve(item);
      else ends.get(item)?.reject(error);
    },
  };
}

test('no more than so many are under way, and results come as they are ready', async () => {
  const { work, end, begun } = workbench();
  const results = sideBySide([1, 2, 3, 4], 2, work);
  const first = results.next();
  expect(begun).toEqual([1, 2]);
  end(2);
  expect((await first).value).toBe(2);
  const second = results.next();
  expect(begun).toEqual([1, 2, 3]);
  end(3);
  expect((await second).value).toBe(3);
  const rest = results.next();
  end(4);
  expect((await rest).value).toBe(4);
  const last = results.next();
  end(1);
  expect((await last).value).toBe(1);
  expect((await results.next()).done).toBe(true);
});

test('after a failure nothing new is begun, and what was under way is heard before it is thrown', async () => {
  const { work, end, begun } = workbench();
  const results = sideBySide([1, 2, 3], 2, work);
  const first = results.next();
  end(1, new Error('perso'));
  end(2);
  expect((await first).value).toBe(2);
  await expect(results.next()).rejects.toThrow('perso');
  expect(begun).toEqual([1, 2]);
});

test('whoever asks to stop leaves the rest alone', async () => {
  const done: number[] = [];
  for await (const item of sideBySide(
    [1, 2, 3, 4],
    1,
    item => Promise.resolve(item),
    () => done.length < 2,
  )) {
    done.push(item);
  }
  expect(done).toEqual([1, 2]);
});
