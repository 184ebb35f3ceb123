/** Standard input, line by line: a password first, a code after it. */
export class InputLines {
  readonly #pieces: AsyncIterator<Buffer | string>;
  #text = '';

  constructor(input: AsyncIterable<Buffer | string>) {
    this.#pieces = input[Symbol.asyncIterator]();
  }

  /** The next line without its end; null when there is none. */
  async next(): Promise<string | null> {
    for (;;) {
      const line = /^(.*?)\r?\n/.exec(this.#text);
      if (line !== null) {
        this.#text = this.#text.slice(line[0].length);
        return line[1] ?? '';
      }
      const piece = await this.#pieces.next();
      if (piece.done === true) break;
      this.#text += piece.value.toString();
    }
    const rest = this.#text;
    this.#text = '';
    return rest === '' ? null : rest;
  }

  /** Lets go of the input: one that is still listened to would keep the program from ending. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
