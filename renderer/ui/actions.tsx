import { Button } from 'design-react-kit';
import type { ReactNode } from 'react';
import { useWords } from '../services.ts';

interface ActionsProps {
  readonly onBack?: (() => void) | undefined;
  /** What going back is called where it gives something up. */
  readonly backLabel?: string | undefined;
  readonly children?: ReactNode;
}

/** The row that ends a screen: back on the left, the one way on to the right. */
export function Actions({ onBack, backLabel, children }: ActionsProps) {
  const words = useWords();
  return (
    <div className="t-actions">
      {onBack === undefined ? null : (
        <Button color="primary" outline onClick={onBack} className="t-action-back">
          {backLabel ?? words.actions.back}
        </Button>
      )}
      {children}
    </div>
  );
}

interface MainActionProps {
  readonly onClick?: () => void;
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** Submits the form it stands in unless it has a click of its own. Stays focusable while busy. */
export function MainAction({ onClick, busy = false, children }: MainActionProps) {
  return (
    <Button
      color="primary"
      type={onClick === undefined ? 'submit' : 'button'}
      aria-disabled={busy || undefined}
      onClick={busy ? event => event.preventDefault() : onClick}
      className={busy ? 't-action-main t-busy' : 't-action-main'}
    >
      {children}
    </Button>
  );
}

export function SideAction({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Button color="primary" outline type="button" onClick={onClick}>
      {children}
    </Button>
  );
}

/** For what changes a detail and should not compete with the screen's way on. */
export function QuietAction({
  onClick,
  label,
  children,
}: {
  readonly onClick: () => void;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  return (
    <button type="button" className="t-link" aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}
