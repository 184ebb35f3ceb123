import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../services.ts';
import { isFirstScreen } from './first-screen.ts';

interface ScreenProps {
  readonly title: string;
  /** What comes before the product's name in the window's title; the heading itself unless a step says more. */
  readonly documentTitle?: string;
  readonly lead?: string;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Changes when the same screen is arrived at anew, with something else on it. */
  readonly arrival?: number;
}

/**
 * One screen: its heading takes the focus when the screen appears, so that a screen reader says where the person is
 * and the Tab key goes on from there. The kit's stepper leaves the focus on a button that is gone.
 */
export function Screen({ title, documentTitle, lead, children, wide = false, arrival = 0 }: ScreenProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFirstScreen()) return;
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, [arrival]);
  useEffect(() => {
    document.title = `${documentTitle ?? title} — ${words.product}`;
  }, [documentTitle, title, words]);
  return (
    <div className={wide ? 't-screen t-screen-wide' : 't-screen'}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead === undefined ? null : <p className="t-lead">{lead}</p>}
      {children}
    </div>
  );
}
