/** Hands what a callback produces to one consumer that asks for it. Ends or fails once, after what is queued. */
export class PullQueue<T> {
  #items: T[] = [];
  #head = 0;
  #outcome: { readonly error: unknown } | 'open' | 'ended' = 'open';
  #waiting: PromiseWithResolvers<IteratorResult<T, undefined>> | null = null;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    if (this.#outcome !== 'open') return;
    if (this.#waiting !== null) {
      this.#waiting.resolve({ value: item, done: false });
      this.#waiting = null;
      return;
    }
    this.#items.push(item);
  }

  end(): void {
    if (this.#outcome !== 'open') return;
    this.#outcome = 'ended';
    this.#waiting?.resolve({ value: undefined, done: true });
    this.#waiting = null;
  }

  fail(error: unknown): void {
    if (this.#outcome !== 'open') return;
    this.#outcome = { error };
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  /** Takes everything queued out, for a consumer that wants no more of it. */
  clear(): readonly T[] {
    const left = this.#items.slice(this.#head);
    this.#items = [];
    this.#head = 0;
    return left;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.length > 0) {
      const value = this.#items[this.#head] as T;
      this.#head += 1;
      if (this.#head === this.#items.length) this.clear();
      return Promise.resolve({ value, done: false });
    }
    if (this.#outcome === 'ended') return Promise.resolve({ value: undefined, done: true });
    // The consumer decides what is thrown on; a server's failure arrives here as it was found.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    if (this.#outcome !== 'open') return Promise.reject(this.#outcome.error);
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }
}
