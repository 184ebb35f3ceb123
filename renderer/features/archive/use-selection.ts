import { useRef, useState } from 'react';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { MessagePages } from './message-pages.ts';
import { nothingSelected, toggledMessage, withMessages } from './selection.ts';
import type { MessageName, MessageSelection } from './selection.ts';

export interface ChosenMessages {
  readonly selection: MessageSelection;
  /** The last choice was of more than can be chosen one by one. */
  readonly isTooMuch: boolean;
  readonly problem: Problem | null;
  readonly toggle: (message: MessageName) => void;
  /** Rows of the list by their places, the last one too. */
  readonly addRange: (first: number, last: number) => void;
  readonly chooseAll: () => void;
  readonly clear: () => void;
}

/** More than these are chosen by "all", or folder by folder: each name is held in the page and sent with the question. */
const mostNames = 5_000;

/** What is chosen in a list. Rows that are not here yet are read first, each choice by itself: none waits for another. */
export function useSelection(pages: MessagePages<MessageName>, total: number | null): ChosenMessages {
  const [selection, setSelection] = useState<MessageSelection>(nothingSelected);
  const [isTooMuch, setTooMuch] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // What is read for a choice that was given up since is not added to the next one.
  const choice = useRef(0);

  function addRange(first: number, last: number): void {
    setProblem(null);
    setTooMuch(last - first >= mostNames);
    if (last - first >= mostNames) return;
    const { current: begun } = choice;
    pages.between(first, last).then(
      rows => {
        if (choice.current === begun) setSelection(before => withMessages(before, rows));
      },
      (error: unknown) => {
        if (choice.current === begun) setProblem(problemOf(error));
      },
    );
  }

  return {
    selection,
    isTooMuch,
    problem,
    toggle: message => setSelection(before => toggledMessage(before, message)),
    addRange,
    chooseAll() {
      setTooMuch(false);
      if (total === null || total === 0) return;
      if (total > mostNames) setSelection({ kind: 'all' });
      else addRange(0, total - 1);
    },
    clear() {
      choice.current += 1;
      setSelection(nothingSelected);
      setTooMuch(false);
      setProblem(null);
    },
  };
}
