import { Component } from 'react';
import type { ReactNode } from 'react';
import { ProblemNotice } from './problem-notice.tsx';
import { QuietAction } from './actions.tsx';

interface ErrorBoundaryProps {
  readonly again: string;
  readonly children: ReactNode;
}

/** A fault of a screen is told like any other problem, with a way on, instead of leaving an empty window. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly kind: string | null }> {
  override readonly state: { readonly kind: string | null } = { kind: null };

  static getDerivedStateFromError(error: unknown): { kind: string } {
    return { kind: error instanceof Error ? error.name : typeof error };
  }

  override render(): ReactNode {
    const { kind } = this.state;
    if (kind === null) return this.props.children;
    return (
      <div className="t-screen">
        <ProblemNotice problem={{ code: 'INTERNAL', details: { kind } }} takesFocus />
        <QuietAction onClick={() => location.reload()}>{this.props.again}</QuietAction>
      </div>
    );
  }
}
