/** Lets so many in at a time; the others wait in their order. */
export interface Turnstile {
  /** Resolves with what must be called on leaving. */
  enter(): Promise<() => void>;
}

export function turnstile(width: number): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };
  return {
    async enter() {
      if (inside < width) inside += 1;
      else {
        const turn = Promise.withResolvers<undefined>();
        waiting.push(() => {
          turn.resolve(undefined);
        });
        await turn.promise;
      }
      return leave;
    },
  };
}
