import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../shared/errors.ts';
import type { Problem } from '../shared/errors.ts';

export interface Task {
  readonly busy: boolean;
  /** Why the last attempt failed; null while none has, and again as soon as a new one begins. */
  readonly problem: Problem | null;
  /** Runs one thing at a time; a second press of a button while busy does nothing. */
  readonly run: (work: () => Promise<void>) => void;
}

/** Something a screen asks for and waits for: its button is busy meanwhile, and a failure is shown, never thrown. */
export function useTask(): Task {
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null }>({ busy: false, problem: null });
  const running = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback((work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setState({ busy: true, problem: null });
    work()
      .then(
        () => null,
        (error: unknown) => problemOf(error),
      )
      .then(problem => {
        running.current = false;
        if (mounted.current) setState({ busy: false, problem });
      })
      .catch(() => undefined);
  }, []);
  return { ...state, run };
}
