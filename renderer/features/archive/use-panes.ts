import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Where there is room for one thing at a time, the one that is shown. */
export type Stage = 'folders' | 'list' | 'message';

export interface Panes {
  readonly stage: Stage;
  /** Shows it; with `focus`, the person goes there too. Where the pane they were in is gone, they go in any case. */
  readonly show: (stage: Stage, focus?: boolean) => void;
  readonly tree: RefObject<HTMLDivElement>;
  readonly grid: RefObject<HTMLDivElement>;
  readonly message: RefObject<HTMLElement>;
  readonly search: RefObject<HTMLInputElement>;
}

/** The panes of an open archive and the ways between them: F6 goes round, `/` and Ctrl+F go to the search. */
export function usePanes(shown: boolean): Panes {
  const [{ stage, focus }, setStage] = useState<{ stage: Stage; focus: number }>({ stage: 'list', focus: 0 });
  const tree = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const message = useRef<HTMLElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const before = useRef({ stage, focus });

  useLayoutEffect(() => {
    const { current: last } = before;
    before.current = { stage, focus };
    if (last.stage === stage && last.focus === focus) return;
    const panes = { folders: tree, list: grid, message };
    const left = panes[last.stage].current;
    // A pane that is no longer shown has taken the focus with it.
    if (last.focus !== focus || (left !== null && !isShown(left))) panes[stage].current?.focus();
  }, [stage, focus]);

  useEffect(() => {
    if (!shown) return;
    function onKeyDown(event: KeyboardEvent): void {
      if (document.querySelector('dialog[open]') !== null) return;
      const { target } = event;
      const types = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
      if (event.key === 'F6') {
        const round = [search, tree, grid, message].map(({ current }) => current).filter(pane => pane !== null);
        goRound(round.filter(isShown), event.shiftKey ? -1 : 1);
      } else if ((event.key === '/' && !types) || (event.ctrlKey && event.key.toLowerCase() === 'f')) {
        search.current?.focus();
        search.current?.select();
      } else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [shown]);

  return {
    stage,
    show: (next, takes = false) => setStage(at => ({ stage: next, focus: at.focus + (takes ? 1 : 0) })),
    tree,
    grid,
    message,
    search,
  };
}

function isShown(element: HTMLElement): boolean {
  return element.offsetParent !== null;
}

function goRound(panes: readonly HTMLElement[], by: 1 | -1): void {
  const at = panes.findIndex(pane => pane.contains(document.activeElement));
  const next = at === -1 ? 0 : (at + by + panes.length) % panes.length;
  panes[next]?.focus();
}
