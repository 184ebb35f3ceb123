import { Progress } from 'design-react-kit';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null while there is no total, and so no percentage. */
  readonly fraction: number | null;
  readonly still?: boolean;
}

/** The kit hides its label from the progressbar role and calls an unknown progress 0 %; here both are said rightly. */
export function ProgressBar({ label, fraction, still = false }: ProgressBarProps) {
  if (fraction === null) {
    if (still) return null;
    // The kit would say `aria-valuenow="NaN"`.
    return (
      <div className="progress progress-indeterminate">
        <div className="progress-bar" role="progressbar" aria-label={label} />
      </div>
    );
  }
  // Rounded down: a bar says 100 % only when nothing is left.
  const percent = Math.floor(fraction * 100);
  return (
    <div className="t-progress-row">
      <Progress className="t-progress" value={percent} aria-label={label} />
      <span className="t-progress-percent" aria-hidden="true">
        {percent}%
      </span>
    </div>
  );
}
