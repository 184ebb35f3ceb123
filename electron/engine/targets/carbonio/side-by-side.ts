/**
 * Works on `items` with at most `width` under way and yields results as they come. When one fails no further item is
 * begun, but what is under way is heard out and yielded before the failure is thrown: its outcome is worth knowing.
 * `go` is asked before each item, and what it says no to is left alone.
 */
export async function* sideBySide<T, R>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
  go: () => boolean = () => true,
): AsyncGenerator<R, void, void> {
  const queue = items[Symbol.iterator]();
  const underWay = new Map<number, Promise<Ended<R>>>();
  let begun = 0;
  let failure: { readonly error: unknown } | null = null;
  try {
    for (;;) {
      while (failure === null && underWay.size < width && go()) {
        const next = queue.next();
        if (next.done === true) break;
        const number = begun++;
        underWay.set(
          number,
          work(next.value).then(
            (result): Ended<R> => ({ number, result }),
            (error: unknown): Ended<R> => ({ number, error }),
          ),
        );
      }
      if (underWay.size === 0) break;
      const ended = await Promise.race(underWay.values());
      underWay.delete(ended.number);
      if ('result' in ended) yield ended.result;
      else failure ??= { error: ended.error };
    }
  } finally {
    // Whoever stops listening does not leave work behind that would go on unheard.
    await Promise.all(underWay.values());
  }
  if (failure !== null) throw failure.error;
}

type Ended<R> = { readonly number: number; readonly result: R } | { readonly number: number; readonly error: unknown };
