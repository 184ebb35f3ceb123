import { useCallback, useRef, useState } from 'react';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { HostOutput } from '../../../shared/host-contract.ts';

export type Listing = HostOutput<'host.listFolder'>;

export interface ListedFolder {
  readonly listing: Listing | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Goes to another folder. The one that was asked for last counts, however late the others answer. */
  readonly show: (read: () => Promise<Listing>) => void;
  /** Where the person is: a folder that is still on its way is waited for, and rejects if it cannot be read. */
  readonly current: () => Promise<Listing | null>;
  /** Takes what was chosen; a second press meanwhile does nothing. */
  readonly take: (work: () => Promise<void>) => void;
}

/**
 * The folder that a dialog of ours lists. On a slow disk the buttons beneath the last list are there while the next one
 * is still on its way: what is pressed then means the next one. To let the press go by would be a press for nothing
 * that nobody is told of.
 */
export function useListedFolder(): ListedFolder {
  const [listing, setListing] = useState<Listing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = useRef<Listing | null>(null);
  const onItsWay = useRef<Promise<Listing> | null>(null);
  const taking = useRef(false);

  const show = useCallback((read: () => Promise<Listing>) => {
    setProblem(null);
    const reading = read();
    onItsWay.current = reading;
    reading
      .then(
        now => {
          if (onItsWay.current !== reading) return;
          shown.current = now;
          setListing(now);
        },
        (error: unknown) => {
          if (onItsWay.current === reading) setProblem(problemOf(error));
        },
      )
      .finally(() => {
        if (onItsWay.current === reading) onItsWay.current = null;
      });
  }, []);

  const current = useCallback(async () => onItsWay.current ?? shown.current, []);

  const take = useCallback((work: () => Promise<void>) => {
    if (taking.current) return;
    taking.current = true;
    setBusy(true);
    setProblem(null);
    work()
      .catch((error: unknown) => setProblem(problemOf(error)))
      .finally(() => {
        taking.current = false;
        setBusy(false);
      });
  }, []);

  return { listing, busy, problem, show, current, take };
}
