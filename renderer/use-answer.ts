import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../shared/errors.ts';
import type { Problem } from '../shared/errors.ts';

export interface Answer<T> {
  readonly value: T | null;
  readonly problem: Problem | null;
}

const none = { value: null, problem: null };

/**
 * Asks once for what does not change by itself. An answer that comes after another question was put is dropped.
 *
 * @param key the question; a new one is asked anew, null asks nothing
 */
export function useAnswer<T>(key: string | null, ask: (key: string) => Promise<T>): Answer<T> {
  const [state, setState] = useState<Answer<T>>(none);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    setState(none);
    if (key === null) return;
    let stopped = false;
    latest.current(key).then(
      value => {
        if (!stopped) setState({ value, problem: null });
      },
      (error: unknown) => {
        if (!stopped) setState({ value: null, problem: problemOf(error) });
      },
    );
    return () => {
      stopped = true;
    };
  }, [key]);
  return state;
}
