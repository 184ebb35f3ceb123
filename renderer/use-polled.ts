import { startTransition, useEffect, useRef, useState } from 'react';
import { problemOf } from '../shared/errors.ts';
import type { Problem } from '../shared/errors.ts';

export interface Polled<T> {
  readonly value: T | null;
  readonly problem: Problem | null;
}

/**
 * Asks again and again for what no event tells, a second after each answer, as long as `goesOn` says so of the last one.
 *
 * @param key the question; a new one begins anew, null asks nothing
 */
export function usePolled<T>(key: string | null, ask: () => Promise<T>, goesOn: (value: T) => boolean): Polled<T> {
  const [state, setState] = useState<Polled<T>>({ value: null, problem: null });
  const latest = useRef({ ask, goesOn });
  latest.current = { ask, goesOn };
  useEffect(() => {
    setState({ value: null, problem: null });
    if (key === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const round = async (): Promise<void> => {
      try {
        const value = await latest.current.ask();
        if (stopped) return;
        // Two thousand rows may follow from it. As a transition they are drawn in slices between which keys are heard.
        startTransition(() => setState({ value, problem: null }));
        if (latest.current.goesOn(value)) timer = setTimeout(() => void round(), 1000);
      } catch (error) {
        if (!stopped) setState(before => ({ ...before, problem: problemOf(error) }));
      }
    };
    void round();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [key]);
  return state;
}
